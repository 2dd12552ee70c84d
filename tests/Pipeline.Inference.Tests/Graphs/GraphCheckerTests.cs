using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Graphs;

public sealed class GraphCheckerTests
{
    private static readonly TensorType Floats = new(DataType.Float32, Shape.Of(2));

    private readonly Value _x = new("x", Floats);
    private readonly Value _y = new("y", Floats);

    [Fact]
    public void Check_SoundGraph_Passes() => GraphChecker.Check(Graph(Negate(_x, _y)), "testing");

    [Fact]
    public void Check_ValueUsedBeforeItIsMade_NamesBothAndTheStage()
    {
        var z = new Value("z", Floats);

        var error = Refused(Graph(Negate(z, _y), Negate(_x, z)));

        Assert.Equal("testing", error.Stage);
        Assert.Contains("'z'", error.Message, StringComparison.Ordinal);
        Assert.Contains("n:y", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ValueMadeTwice_IsRefused() => Assert.Contains("made before", Refused(Graph(Negate(_x, _y), Negate(_x, _y))).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_InputMadeByANode_IsRefused() => Refused(Graph(Negate(_x, _x), Negate(_x, _y)));

    [Fact]
    public void Check_OutputOfAnotherTypeThanInferred_IsRefused()
    {
        var wrong = new Value("y", new TensorType(DataType.Float32, Shape.Of(3)));

        Assert.Contains("infers Float32[2]", Refused(new Graph("net", [_x], [Negate(_x, wrong)], [new GraphOutput("y", wrong)], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OutputThatNothingMakes_IsRefused() => Refused(Graph());

    [Fact]
    public void Check_NoOutput_IsRefused() => Refused(new Graph("net", [_x], [], [], []));

    [Fact]
    public void Check_NamesUsedTwice_AreRefused()
    {
        var other = new Value("x", Floats);

        Refused(new Graph("net", [_x, other], [], [new GraphOutput("o", _x)], []));
        Refused(new Graph("net", [_x], [], [new GraphOutput("o", _x), new GraphOutput("o", _x)], []));
    }

    [Fact]
    public void Check_VariableOfAnotherGraph_IsRefused()
    {
        var variable = new GraphVariable("v", Floats, new InMemoryConstantSource(Tensor.Vector(0f, 0f)));

        Refused(Graph(new Node("read", new ReadVariable(variable), [], [_y], [])));
    }

    private static Node Negate(Value from, Value to) => new($"n:{to.Name}", new Unary(UnaryFunction.Negate), [from], [to], []);

    private static InvalidGraphException Refused(Graph graph) =>
        Assert.Throws<InvalidGraphException>(() => GraphChecker.Check(graph, "testing"));

    private Graph Graph(params Node[] nodes) => new("net", [_x], nodes, [new GraphOutput("out", _y)], []);
}
