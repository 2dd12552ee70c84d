using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Pipeline.Benchmarks.Engine;

/// <summary>ONNX Runtime on an ONNX file: all graph optimisations, sequential, inputs and outputs allocated once.</summary>
internal sealed class OnnxRuntimeEngine : IMeasuredEngine, IDisposable
{
    private const string SpinningKey = "session.intra_op.allow_spinning";

    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _inputValues;
    private readonly float[] _outputValues;
    private readonly int[] _outputShape;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    /// <param name="file">A net of one input and one output.</param>
    /// <param name="allowSpinning">Whether its threads spin while they wait for work; its own default is yes.</param>
    public OnnxRuntimeEngine(string file, int threads, bool allowSpinning)
    {
        _options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        _options.AddSessionConfigEntry(SpinningKey, (allowSpinning ? 1 : 0).ToString(CultureInfo.InvariantCulture));
        _session = new InferenceSession(file, _options);
        var input = _session.InputMetadata.Single();
        var output = _session.OutputMetadata.Single();
        _inputNames = [input.Key];
        _outputNames = [output.Key];
        (_inputs, _inputValues, _) = Allocate(input.Value);
        (_outputs, _outputValues, _outputShape) = Allocate(output.Value);
    }

    public static string Version => OrtEnv.Instance().GetVersionString();

    public ReadOnlySpan<byte> Output => MemoryMarshal.AsBytes(_outputValues.AsSpan());

    public ReadOnlySpan<int> OutputShape => _outputShape;

    public void SetInput(ReadOnlySpan<float> values) => values.CopyTo(_inputValues);

    public void Run() => _session.Run(_runOptions, _inputNames, _inputs, _outputNames, _outputs);

    public void Dispose()
    {
        foreach (var value in _inputs.Concat(_outputs))
        {
            value.Dispose();
        }

        _runOptions.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    /// <summary>A value for one picture: a dimension that the file leaves open is 1.</summary>
    private static (OrtValue[] Values, float[] Memory, int[] Shape) Allocate(NodeMetadata metadata)
    {
        int[] shape = [.. metadata.Dimensions.Select(dimension => Math.Max(dimension, 1))];
        var memory = new float[shape.Aggregate(1, (product, dimension) => checked(product * dimension))];
        var value = OrtValue.CreateTensorValueFromMemory(memory, [.. shape.Select(dimension => (long)dimension)]);
        return ([value], memory, shape);
    }
}
