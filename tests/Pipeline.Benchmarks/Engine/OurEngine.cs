using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Measuring;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;

namespace Pipeline.Benchmarks.Engine;

/// <summary>The product's engine on a SavedModel.</summary>
internal sealed class OurEngine : IMeasuredEngine
{
    private readonly InferenceSession _session;
    private readonly Dictionary<string, RuntimeValue> _inputs;
    private readonly BoundRun _run;

    private OurEngine(Graph graph, InferenceSession session)
    {
        Graph = graph;
        _session = session;
        _inputs = new Dictionary<string, RuntimeValue>(StringComparer.Ordinal) { [session.Inputs.Single().Name] = Tensor.Zeros(DataType.Float32, InputShape()) };
        _run = session.Bind(_inputs);
    }

    public Graph Graph { get; }

    public ReadOnlySpan<byte> Output => Answer.Bytes;

    public ReadOnlySpan<int> OutputShape => Answer.Shape.Dimensions;

    /// <summary>The most threads that work on a run.</summary>
    public int Threads => _run.IsPlanned ? _session.Threads : 1;

    private Tensor Answer => (Tensor)_run.Output(_session.Outputs.Single().Name);

    /// <exception cref="Models.UnsupportedModelException">The engine refuses the net.</exception>
    public static OurEngine Load(string folder, int threads, bool usePlans)
    {
        var model = SavedModelReader.Read(folder);
        return new OurEngine(model.Graph, new InferenceSession(model.Graph, new SessionOptions { UsePlans = usePlans, Threads = threads }));
    }

    /// <summary>Where the time of one run goes.</summary>
    public RunProfile Profile() => _session.Profile(_inputs, TimeProvider.System);

    /// <summary>The shape of the input for one picture.</summary>
    public Shape InputShape()
    {
        int[] dimensions = [.. _session.Inputs.Single().Shape.Dimensions];
        return Shape.Of([.. dimensions.Select((dimension, axis) => axis == 0 ? 1 : dimension)]);
    }

    public void SetInput(ReadOnlySpan<float> values) => values.CopyTo(((Tensor)_inputs.Values.Single()).Elements<float>());

    public void Run() => _run.Run();
}
