using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;
using static Pipeline.Models.Tests.SavedModel.Support.Nodes;

namespace Pipeline.Models.Tests.SavedModel.Restoring;

public sealed class VariableValuesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_ResourcesRestoredInAFunction_FollowsTheArguments()
    {
        var model = Resources("b", "a");
        new BundleBuilder().Add("a", [1], [10]).Add("b", [1], [20]).Write(_folder);

        // The handles are named a and b, and restored from the keys b and a.
        Assert.Equal([1 + 20 - 10], model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Find_ReferencesRestoredByControlDependencies_FollowsTheOperators()
    {
        var model = References().Saver("restore_all");
        new BundleBuilder().Add("key", [1], [42]).Add("v", [1], [-1]).Write(_folder);

        Assert.Equal([43], model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Find_NoSaver_TakesTheVariablesName()
    {
        new BundleBuilder().Add("key", [1], [42]).Add("v", [1], [-1]).Write(_folder);

        Assert.Equal([0], References().Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Find_NoCheckpoint_NamesTheFile()
    {
        var error = Assert.Throws<InvalidModelException>(() => References().Saver("restore_all").Read(_folder));

        Assert.EndsWith("variables.index", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_KeyIsNotInTheCheckpoint_NamesIt()
    {
        new BundleBuilder().Add("other", [1], [42]).Write(_folder);

        var error = Assert.Throws<InvalidModelException>(() => References().Saver("restore_all").Read(_folder));

        Assert.Contains("'key'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OtherShape_IsRefused()
    {
        new BundleBuilder().Add("key", [2], [42, 43]).Write(_folder);

        var error = Assert.Throws<InvalidModelException>(() => References().Saver("restore_all").Read(_folder));

        Assert.Contains("variable 'v'", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2]", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OtherType_IsRefused()
    {
        new BundleBuilder().Add("key"u8.ToArray(), (int)TensorFlowType.Int32, [1], [1, 0, 0, 0]).Write(_folder);

        Assert.Throws<InvalidModelException>(() => References().Saver("restore_all").Read(_folder));
    }

    [Fact]
    public void Find_VariableThatIsNotRestored_IsRefusedByName()
    {
        new BundleBuilder().Add("key", [1], [42]).Write(_folder);
        var model = References().Add(Variable("w"), Node("sum", "AddV2", "w", "out")).Saver("restore_all").Serving("in:0", "sum:0");

        Assert.Contains("variable 'w'", Assert.Throws<InvalidModelException>(() => model.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TwoKeysOfOneVariable_AreTakenWhereTheyAreEqual()
    {
        var model = References().Add(
            Const("keys2", "second"),
            Const("slices2", [string.Empty]),
            Node("restore2", "RestoreV2", "prefix", "keys2", "slices2"),
            Node("assign2", "Assign", "v", "restore2"),
            Node("both", "NoOp", "^restore_all", "^assign2")).Saver("both");

        new BundleBuilder().Add("key", [1], [42]).Add("second", [1], [42]).Write(_folder);
        Assert.Equal([43], model.Read(_folder).Graph.Run(1));
        new BundleBuilder().Add("key", [1], [42]).Add("second", [1], [43]).Write(_folder);
        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Find_InitialisationAssignsAConstant_IsTheConstant()
    {
        new BundleBuilder().Add("key", [1], [42]).Write(_folder);
        var model = References().Saver("restore_all").Signature("__saved_model_init_op", [], [("__saved_model_init_op", "init:0")]);

        Assert.Equal([1 + 7], model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Find_InitialisationComputes_IsUnsupportedByName()
    {
        new BundleBuilder().Add("key", [1], [42]).Write(_folder);
        var model = References()
            .Add(Node("computed", "Square", "first"), Node("init2", "Assign", "v", "computed"))
            .Saver("restore_all")
            .Signature("__saved_model_init_op", [], [("__saved_model_init_op", "init2:0")]);

        Assert.Equal("v", Assert.Single(Assert.Throws<UnsupportedModelException>(() => model.Read(_folder)).Nodes).Name);
    }

    [Fact]
    public void Find_AssignedVariable_IsStateOfASession()
    {
        new BundleBuilder().Add("key", [1], [42]).Write(_folder);
        var model = References().Add(Node("count", "AssignAdd", "v", "in"), Node("now", "Identity", "count")).Saver("restore_all").Serving("in:0", "now:0");

        var graph = model.Read(_folder).Graph;

        Assert.Single(graph.Variables);
        Assert.Equal([47], graph.Run(5));
    }

    private static NodeDef Variable(string name) =>
        Node(name, "VariableV2").With("dtype", Type(TensorFlowType.Float)).With("shape", new AttrValue { Shape = Shape(1) });

    private static NodeDef Handle(string name) =>
        Node(name, "VarHandleOp").With("dtype", Type(TensorFlowType.Float)).With("shape", new AttrValue { Shape = Shape(1) }).With("shared_name", Text(name));

    /// <summary>Input + variable <c>v</c>, which <c>restore_all</c> restores from <c>key</c>; another assignment sets its first value.</summary>
    private static ModelBuilder References() =>
        new ModelBuilder()
            .Add(
                Placeholder("in"),
                Variable("v"),
                Const("first", 7f),
                Node("init", "Assign", "v", "first"),
                Node("read", "Identity", "v"),
                Node("out", "AddV2", "in", "read"))
            .Add(
                Placeholder("prefix", TensorFlowType.String),
                Const("keys", "unused", "key"),
                Const("slices", string.Empty, string.Empty),
                Node("restore", "RestoreV2", "prefix", "keys", "slices"),
                Node("assign", "Assign", "v", "restore:1"),
                Node("shard", "NoOp", "^assign"),
                Node("restore_all", "NoOp", "^shard"))
            .Serving("in:0", "out:0");

    /// <summary>Input + a − b of two resources, restored in a function that gets them as arguments.</summary>
    private static ModelBuilder Resources(string keyOfA, string keyOfB)
    {
        var model = new ModelBuilder()
            .Add(
                Placeholder("in"),
                Handle("a"),
                Handle("b"),
                Placeholder("prefix", TensorFlowType.String),
                Call("serve", "serve", "in", "a", "b"),
                Call("restore_call", "restore", "prefix", "a", "b"))
            .AddFunction(
                "serve",
                ["x", "first", "second"],
                [("r", "difference:z:0")],
                Node("ra", "ReadVariableOp", "first"),
                Node("rb", "ReadVariableOp", "second"),
                Node("sum", "AddV2", "x", "ra:value:0"),
                Node("difference", "Sub", "sum:z:0", "rb:value:0"))
            .Saver("restore_call")
            .Serving("in:0", "serve:0");
        return model.AddFunction(
            "restore",
            ["prefix", "first", "second"],
            [("r", "done:output:0")],
            Const("keys", keyOfA, keyOfB),
            Const("slices", string.Empty, string.Empty),
            Node("restore", "RestoreV2", "prefix", "keys:output:0", "slices:output:0"),
            Node("ia", "Identity", "restore:tensors:0"),
            Node("ib", "Identity", "restore:tensors:1"),
            Node("assign_a", "AssignVariableOp", "first", "ia:output:0"),
            Node("assign_b", "AssignVariableOp", "second", "ib:output:0"),
            Node("done", "Identity", "prefix", "^assign_a", "^assign_b"));
    }
}
