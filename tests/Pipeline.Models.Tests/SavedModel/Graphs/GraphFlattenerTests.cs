using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;
using static Pipeline.Models.Tests.SavedModel.Support.Nodes;

namespace Pipeline.Models.Tests.SavedModel.Graphs;

public sealed class GraphFlattenerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flatten_NestedCalls_ComputeWhatTheInnermostDoes()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("outer", "outer", "in"))
            .AddFunction("outer", ["a"], [("r", "middle:output:0")], Call("middle", "inner", "a"))
            .AddFunction("inner", ["b"], [("r", "twice:z:0")], Node("twice", "AddV2", "b", "b"))
            .Serving("in:0", "outer:0");

        Assert.Equal([2, 4], model.Read(_folder).Graph.Run(1, 2));
    }

    [Fact]
    public void Flatten_TwoCallsOfOneFunction_StayApart()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("first", "twice", "in"), Call("second", "twice", "first"))
            .AddFunction("twice", ["b"], [("r", "twice:z:0")], Node("twice", "AddV2", "b", "b"))
            .Serving("in:0", "second:0");

        Assert.Equal([4], model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Flatten_FunctionOfSeveralResults_TakesTheOneMeant()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("call", "both", "in"))
            .AddFunction("both", ["a"], [("square", "s:y:0"), ("same", "a")], Node("s", "Square", "a"))
            .Signature("serving_default", [("x", "in:0")], [("y", "call:1")]);

        Assert.Equal([3], model.Read(_folder).Graph.Run(3));
    }

    [Fact]
    public void Flatten_OutputArgumentOfSeveral_CountsFromIt()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("call", "top", "in"))
            .AddFunction("top", ["a"], [("r", "cast:y:0")], Node("top", "Unpack", "a").With("num", new AttrValue { I = 3 }), Node("cast", "Neg", "top:output:2"))
            .Serving("in:0", "call:0");

        Assert.Equal(-9f, Assert.Single(model.Read(_folder).Graph.Run(7, 8, 9)));
    }

    [Fact]
    public void Flatten_OperatorThatNamesAFunction_IsACall()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Node("call", "twice", "in"))
            .AddFunction("twice", ["b"], [("r", "sum:z:0")], Node("sum", "AddV2", "b", "b"))
            .Serving("in:0", "call:0");

        Assert.Equal([10], model.Read(_folder).Graph.Run(5));
    }

    [Fact]
    public void Flatten_AttributeOfTheFunction_HasTheCallsValue()
    {
        var call = Call("call", "f", "in");
        call.Attr["f"].Func.Attr["alpha"] = new AttrValue { F = 0.5f };
        var model = new ModelBuilder()
            .Add(Placeholder("in"), call)
            .AddFunction("f", ["a"], [("r", "leaky:activations:0")], Node("leaky", "LeakyRelu", "a").With("alpha", new AttrValue { Placeholder = "alpha" }))
            .Serving("in:0", "call:0");

        Assert.Equal([-4], model.Read(_folder).Graph.Run(-8));
    }

    [Fact]
    public void Flatten_FedValueInTheMiddle_CutsWhatIsBehindIt()
    {
        var model = new ModelBuilder()
            .Add(Node("never", "NoSuchOperator"), Node("parsed", "Identity", "never"), Node("out", "Neg", "parsed"))
            .Serving("parsed:0", "out:0");

        Assert.Equal([-1], model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Flatten_UnreachedFunctionIsBroken_DoesNotMatter()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Node("out", "Neg", "in"), Call("call", "broken", "in"))
            .AddRawFunction("broken", new WireWriter().Bytes(3, [0xFF]).ToArray());

        Assert.Equal([-1], model.Serving("in:0", "out:0").Read(_folder).Graph.Run(1));
        Assert.Throws<InvalidModelException>(() => model.Serving("in:0", "call:0").Read(_folder));
    }

    [Fact]
    public void Flatten_FunctionThatCallsItself_IsUnsupportedByName()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("call", "even", "in"))
            .AddFunction("even", ["a"], [("r", "c:output:0")], Call("c", "odd", "a"))
            .AddFunction("odd", ["a"], [("r", "c:output:0")], Call("c", "even", "a"))
            .Serving("in:0", "call:0");

        var error = Assert.Throws<UnsupportedModelException>(() => model.Read(_folder));

        Assert.Contains("'even' calls itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flatten_CallsThatDoubleAtEachLevel_StopsAtTheBound()
    {
        var model = new ModelBuilder().Add(Placeholder("in"), Call("call", "f0", "in"));
        for (var level = 0; level < 60; level++)
        {
            var next = $"f{level + 1}";
            model.AddFunction($"f{level}", ["a"], [("r", "s:z:0")], Call("l", next, "a"), Call("r", next, "a"), Node("s", "AddV2", "l:output:0", "r:output:0"));
        }

        model.AddFunction("f60", ["a"], [("r", "n:y:0")], Node("n", "Neg", "a")).Serving("in:0", "call:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder, new SavedModelReadOptions { MaxCalls = 10_000 }));
    }

    [Fact]
    public void Flatten_DeepNesting_StopsAtTheBound()
    {
        var model = new ModelBuilder().Add(Placeholder("in"), Call("call", "f0", "in"));
        for (var level = 0; level < 300; level++)
        {
            model.AddFunction($"f{level}", ["a"], [("r", "c:output:0")], Call("c", $"f{level + 1}", "a"));
        }

        model.AddFunction("f300", ["a"], [("r", "n:y:0")], Node("n", "Neg", "a")).Serving("in:0", "call:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
        Assert.Equal([-1], model.Read(_folder, new SavedModelReadOptions { MaxCallDepth = 301 }).Graph.Run(1));
    }

    [Fact]
    public void Flatten_LongChainsBehindManyNodes_StopAtTheBound()
    {
        // 9,000 calls that pass their argument on, and 4,000 nodes that each look through all of them.
        var model = new ModelBuilder().AddFunction("same", ["a"], [("r", "a")]).Add(Placeholder("in"), Call("c0", "same", "in"));
        for (var call = 1; call < 9000; call++)
        {
            model.Add(Call($"c{call}", "same", $"c{call - 1}"));
        }

        model.Add(Node("n0", "Neg", "c8999"));
        for (var node = 1; node < 4000; node++)
        {
            model.Add(Node($"n{node}", "AddV2", $"n{node - 1}", "c8999"));
        }

        Assert.Throws<InvalidModelException>(() => model.Serving("in:0", "n3999:0").Read(_folder));
    }

    [Fact]
    public void Flatten_LongNamesThatMultiply_StopAtTheBound()
    {
        var name = new string('n', 100_000);
        var model = new ModelBuilder().Add(Placeholder("in"), Call(name, "f", "in"));
        var nodes = new NodeDef[2000];
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = Node($"n{node}", "Neg", node == 0 ? "a" : $"n{node - 1}:y:0");
        }

        Assert.Throws<InvalidModelException>(() => model.AddFunction("f", ["a"], [("r", "n1999:y:0")], nodes).Serving("in:0", $"{name}:0").Read(_folder));
    }

    [Fact]
    public void Flatten_CallFedByItsOwnResult_IsRefused()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("call", "same", "call"))
            .AddFunction("same", ["a"], [("r", "a")])
            .Serving("in:0", "call:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Flatten_CycleOfNodes_NamesOneOfThem()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Node("a", "AddV2", "in", "b"), Node("b", "Neg", "a"))
            .Serving("in:0", "b:0");

        Assert.Contains("depends on itself", Assert.Throws<InvalidModelException>(() => model.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flatten_CycleOfControlDependencies_IsRefused()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Node("a", "Neg", "in", "^b"), Node("b", "Neg", "a"))
            .Serving("in:0", "b:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Flatten_LongChain_DoesNotExhaustTheStack()
    {
        const int Length = 50_000;
        var model = new ModelBuilder().Add(Placeholder("n0"));
        for (var index = 1; index <= Length; index++)
        {
            model.Add(Node($"n{index}", "Identity", $"n{index - 1}"));
        }

        Assert.Equal([1], model.Serving("n0:0", $"n{Length}:0").Read(_folder).Graph.Run(1));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("in:x:0")]
    [InlineData("call:output:3")]
    [InlineData("a:b:c:d")]
    public void Flatten_ReferenceThatLeadsNowhere_IsRefused(string reference)
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("outer", "outer", "in"))
            .AddFunction("outer", ["a"], [("r", "n:y:0")], Call("call", "inner", "a"), Node("in", "TopKV2", "a", "a"), Node("n", "Neg", reference))
            .AddFunction("inner", ["a"], [("r", "a")])
            .Serving("in:0", "outer:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Flatten_CallOfOtherInputCount_IsRefused()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Call("call", "f", "in", "in"))
            .AddFunction("f", ["a"], [("r", "a")])
            .Serving("in:0", "call:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Flatten_ListArgument_TakesAsManyInputsAsTheCallSays()
    {
        var signature = new OpDef { Name = "f" };
        signature.InputArg.Add(new OpDef.Types.ArgDef { Name = "many", NumberAttr = "N", Type = (int)TensorFlowType.Float });
        signature.OutputArg.Add(new OpDef.Types.ArgDef { Name = "r", Type = (int)TensorFlowType.Float });
        var definition = new FunctionDef { Signature = signature };
        definition.Ret["r"] = "n:y:0";
        var call = Call("call", "f", "in", "other");
        call.Attr["f"].Func.Attr["N"] = new AttrValue { I = 2 };
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Const("other", 5f), call)
            .AddFunction(definition, Node("n", "Neg", "many:1"))
            .Serving("in:0", "call:0");

        Assert.Equal([-5], model.Read(_folder).Graph.Run(1));
    }
}
