using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;
using static Pipeline.Models.Tests.SavedModel.Support.Nodes;

namespace Pipeline.Models.Tests.SavedModel.Translation;

public sealed class GraphTranslatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Translate_UnsupportedOperatorsAndAttributes_ListsAllOfThem()
    {
        var model = new ModelBuilder()
            .Add(
                Placeholder("in"),
                Node("one", "NoSuchOperator", "in"),
                Node("two", "NoneEither", "one"),
                Node("cast", "Cast", "two").With("DstT", Type(TensorFlowType.Half)).With("Truncate", new AttrValue { B = true }),
                Node("back", "Cast", "cast").With("DstT", Type(TensorFlowType.Float)))
            .Serving("in:0", "back:0");

        var error = Assert.Throws<UnsupportedModelException>(() => model.Read(_folder));

        Assert.Equal(
            [("Cast", "cast", "Truncate"), ("NoSuchOperator", "one", null), ("NoneEither", "two", null)],
            error.Nodes.OrderBy(node => node.Operator, StringComparer.Ordinal).Select(node => (node.Operator, node.Name, node.Attribute)));
        Assert.All(error.Nodes, node => Assert.Contains($"'{node.Name}'", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Translate_AttributeThatNobodyKnows_IsUnsupported()
    {
        var model = Single(Node("out", "Neg", "in").With("surprise", new AttrValue { B = true }));

        var node = Assert.Single(Assert.Throws<UnsupportedModelException>(() => model.Read(_folder)).Nodes);

        Assert.Equal("surprise", node.Attribute);
    }

    [Fact]
    public void Translate_AttributeWithUnderscore_IsANote()
    {
        var model = Single(Node("out", "Neg", "in").With("_output_shapes", Ints(1)));

        Assert.Equal([-1], model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Translate_AttributeOfOtherKind_NamesNodeOperatorAttributeAndKind()
    {
        var model = Single(Node("out", "LeakyRelu", "in").With("alpha", Text("0.3")));

        var error = Assert.Throws<InvalidModelException>(() => model.Read(_folder));

        Assert.Contains("node 'out' (LeakyRelu), attribute 'alpha'", error.Message, StringComparison.Ordinal);
        Assert.Contains("kind F", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_MissingAttribute_HasTheOperatorsDefault() =>
        Assert.Equal([-2f], Single(Node("out", "LeakyRelu", "in")).Read(_folder).Graph.Run(-10));

    [Fact]
    public void Translate_TypeThatIsNotTheInputs_IsRefused()
    {
        var model = Single(Node("out", "Neg", "in").With("T", Type(TensorFlowType.Int32)));

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Theory]
    [InlineData("Neg", 2)]
    [InlineData("AddV2", 1)]
    [InlineData("Select", 2)]
    public void Translate_OtherNumberOfInputs_IsRefused(string op, int count)
    {
        var inputs = new string[count];
        Array.Fill(inputs, "in");

        Assert.Throws<InvalidModelException>(() => Single(Node("out", op, inputs)).Read(_folder));
    }

    [Fact]
    public void Translate_OutputThatTheNodeHasNot_IsRefused()
    {
        var model = new ModelBuilder().Add(Placeholder("in"), Node("out", "Neg", "in")).Serving("in:0", "out:1");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Translate_PlaceholderThatNobodyFeeds_IsRefusedByName()
    {
        var model = new ModelBuilder().Add(Placeholder("in"), Placeholder("forgotten"), Node("out", "AddV2", "in", "forgotten")).Serving("in:0", "out:0");

        Assert.Contains("'forgotten'", Assert.Throws<InvalidModelException>(() => model.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_PlaceholderWithDefaultThatNobodyFeeds_IsItsDefault()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Const("one", 1f), Node("rate", "PlaceholderWithDefault", "one"), Node("out", "AddV2", "in", "rate"))
            .Serving("in:0", "out:0");

        Assert.Equal([6], model.Read(_folder).Graph.Run(5));
    }

    [Fact]
    public void Translate_ConstWithoutValue_IsRefused()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Node("c", "Const").With("dtype", Type(TensorFlowType.Float)), Node("out", "AddV2", "in", "c"))
            .Serving("in:0", "out:0");

        Assert.Contains("'value'", Assert.Throws<InvalidModelException>(() => model.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_ConstOfNegativeShape_IsRefused()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Const("c", new TensorProto { Dtype = (int)TensorFlowType.Float, TensorShape = Shape(-1) }), Node("out", "AddV2", "in", "c"))
            .Serving("in:0", "out:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Translate_LargeConst_IsReadFromTheFile()
    {
        var values = Enumerable.Range(0, 5000).Select(value => (float)value).ToArray();
        var tensor = new TensorProto
        {
            Dtype = (int)TensorFlowType.Float,
            TensorShape = Shape(values.Length),
            TensorContent = Google.Protobuf.ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)),
        };
        var model = new ModelBuilder().Add(Placeholder("in"), Const("c", tensor), Node("out", "AddV2", "in", "c")).Serving("in:0", "out:0");

        Assert.Equal(values.Select(value => value + 1), model.Read(_folder).Graph.Run(1));
    }

    [Fact]
    public void Translate_SignatureOfOtherType_IsRefused()
    {
        var model = new ModelBuilder().Add(Placeholder("in"), Node("out", "Neg", "in"))
            .Signature("serving_default", [("x", "in:0")], [("y", "out:0")], TensorFlowType.Int32);

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Translate_TwoInputsOfOneTensor_IsUnsupported()
    {
        var model = new ModelBuilder().Add(Placeholder("in")).Signature("serving_default", [("x", "in:0"), ("z", "in")], [("y", "in:0")]);

        Assert.Throws<UnsupportedModelException>(() => model.Read(_folder));
    }

    [Fact]
    public void Translate_LoopOfTheFirstVersion_IsUnsupportedByItsOperators()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Node("enter", "Enter", "in"), Node("merge", "Merge", "enter", "next"))
            .Add(Node("next", "NextIteration", "merge"), Node("exit", "Exit", "merge"))
            .Serving("in:0", "exit:0");

        var error = Assert.Throws<UnsupportedModelException>(() => model.Read(_folder));

        Assert.Equal(["Enter", "Exit", "Merge", "NextIteration"], error.Nodes.Select(node => node.Operator).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("strides", 2, 1, 1, 1)]
    [InlineData("strides", 1, 1, 1, 2)]
    [InlineData("dilations", 1, 1, 1, 2)]
    [InlineData("dilations", 2, 1, 1, 1)]
    public void Translate_ConvolutionOverBatchOrChannels_IsUnsupportedByAttribute(string attribute, params int[] values)
    {
        var convolution = Node("out", "Conv2D", "in", "filter").With("strides", Ints(1, 1, 1, 1)).With("padding", Text("SAME"));
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Const("filter", Filter()), convolution.With(attribute, Ints([.. values.Select(value => (long)value)])))
            .Serving("in:0", "out:0");

        var node = Assert.Single(Assert.Throws<UnsupportedModelException>(() => model.Read(_folder)).Nodes);

        Assert.Equal(attribute, node.Attribute);
    }

    [Theory]
    [InlineData("strides", "1,1,1")]
    [InlineData("strides", "1,0,1,1")]
    [InlineData("strides", "1,-1,1,1")]
    [InlineData("explicit_paddings", "0,0,1,1,1,1,0,0")]
    public void Translate_ConvolutionOfImpossibleAttribute_IsRefused(string attribute, string values)
    {
        var convolution = Node("out", "Conv2D", "in", "filter").With("strides", Ints(1, 1, 1, 1)).With("padding", Text("SAME"));
        var model = new ModelBuilder()
            .Add(Placeholder("in"), Const("filter", Filter()), convolution.With(attribute, Ints([.. values.Split(',').Select(long.Parse)])))
            .Serving("in:0", "out:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    private static TensorProto Filter() => new() { Dtype = (int)TensorFlowType.Float, TensorShape = Shape(1, 1, 1, 1) };

    private static ModelBuilder Single(NodeDef node) => new ModelBuilder().Add(Placeholder("in"), node).Serving("in:0", "out:0");
}
