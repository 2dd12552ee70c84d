using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Measuring;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;

namespace Pipeline.Benchmarks.Engine;

/// <summary>The product's engine on a SavedModel.</summary>
internal sealed class OurEngine : IMeasuredEngine
{
    /// <summary>A request runs on the thread that asks.</summary>
    public const int Threads = 1;

    private readonly InferenceSession _session;
    private readonly Dictionary<string, RuntimeValue> _inputs = new(StringComparer.Ordinal);
    private readonly string _output;
    private Tensor? _answer;

    private OurEngine(Graph graph, InferenceSession session)
    {
        Graph = graph;
        _session = session;
        _output = session.Outputs.Single().Name;
    }

    public Graph Graph { get; }

    public ReadOnlySpan<byte> Output => Answer.Bytes;

    public ReadOnlySpan<int> OutputShape => Answer.Shape.Dimensions;

    private Tensor Answer => _answer ?? throw new InvalidOperationException("There was no run yet.");

    /// <exception cref="Models.UnsupportedModelException">The engine refuses the net.</exception>
    public static OurEngine Load(string folder, bool usePlans)
    {
        var model = SavedModelReader.Read(folder);
        return new OurEngine(model.Graph, new InferenceSession(model.Graph, new SessionOptions { UsePlans = usePlans }));
    }

    /// <summary>Where the time of one run goes.</summary>
    public RunProfile Profile() => _session.Profile(_inputs, TimeProvider.System);

    /// <summary>The shape of the input for one picture.</summary>
    public Shape InputShape()
    {
        int[] dimensions = [.. _session.Inputs.Single().Shape.Dimensions];
        return Shape.Of([.. dimensions.Select((dimension, axis) => axis == 0 ? 1 : dimension)]);
    }

    public void SetInput(ReadOnlySpan<float> values) => _inputs[_session.Inputs.Single().Name] = Tensor.From(InputShape(), values);

    public void Run() => _answer = (Tensor)_session.Run(_inputs)[_output];

    public void Dispose()
    {
        _inputs.Clear();
        _answer = null;
    }
}
