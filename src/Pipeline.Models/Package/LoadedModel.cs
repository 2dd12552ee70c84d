using System.Collections.Immutable;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>A model held in memory, ready to classify. Safe for concurrent use; each call runs on the calling thread.</summary>
public sealed class LoadedModel
{
    private readonly InferenceSession _session;
    private readonly TensorSpec _input;
    private readonly TensorSpec _output;
    private readonly string _manifestFile;
    private readonly ImageDecoder _decoder;
    private readonly TimeProvider _timeProvider;

    internal LoadedModel(
        ModelFacts facts,
        InferenceSession session,
        ModelBinding binding,
        ImmutableArray<InferredValue> inferred,
        string manifestFile,
        TimeProvider timeProvider)
    {
        Facts = facts;
        _session = session;
        Preprocessor = binding.Preprocessor;
        Postprocessor = binding.Postprocessor;
        _input = binding.Input;
        _output = binding.Output;
        Labels = binding.Labels;
        Inferred = inferred;
        _manifestFile = manifestFile;
        _timeProvider = timeProvider;
        _decoder = new ImageDecoder(timeProvider);
    }

    public ModelFacts Facts { get; }

    /// <summary>One a class.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>What its manifest would say, and where that comes from, of a model that has none; else empty.</summary>
    public ImmutableArray<InferredValue> Inferred { get; }

    /// <summary>How pictures are turned into the model's input.</summary>
    public Preprocessor Preprocessor { get; }

    /// <summary>How the model's output is read.</summary>
    public Postprocessor Postprocessor { get; }

    /// <summary>Decodes, preprocesses, runs the model and reads its labels.</summary>
    /// <param name="file">The picture as it was uploaded.</param>
    /// <exception cref="ImageException">The file gives no picture, or one over a limit.</exception>
    /// <exception cref="NonFiniteScoresException">The model gave NaN or an infinity.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>The exceptions of <see cref="InferenceSession.Run"/> and <see cref="Postprocessor.Read"/> speak of the model, not of the picture.</remarks>
    public Prediction Classify(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken)
    {
        using var stage = Stages.Begin("classify");
        var start = _timeProvider.GetTimestamp();
        var header = _decoder.Identify(file.Span, limits);
        var image = Decode(file, limits, cancellationToken);
        var decoded = _timeProvider.GetTimestamp();
        var tensor = Prepare(image);
        var prepared = _timeProvider.GetTimestamp();
        var ranking = Postprocessor.Read(Run(tensor, cancellationToken));
        var timings = new StageTimings(
            _timeProvider.GetElapsedTime(start, decoded), _timeProvider.GetElapsedTime(decoded, prepared), _timeProvider.GetElapsedTime(prepared));
        return new Prediction(ranking, header, timings);
    }

    /// <summary>What the model sees of a picture: decoded and preprocessed as for <see cref="Classify"/>, then turned back from the tensor into pixels.</summary>
    /// <exception cref="ImageException">The file gives no picture, or one over a limit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PixelBuffer<byte> Look(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken) =>
        Preprocessor.Restore(Preprocessor.Prepare(_decoder.Decode(file, limits, Preprocessor.DecodeOptions, cancellationToken)));

    /// <summary>Runs the model on a prepared input.</summary>
    /// <param name="input">As <see cref="Preprocessor.Prepare"/> makes it.</param>
    /// <returns>The output that the manifest names, as the model gave it.</returns>
    /// <exception cref="UnsupportedManifestException">The output is no tensor.</exception>
    public Tensor Run(Tensor input, CancellationToken cancellationToken)
    {
        using var stage = Stages.Begin("inference");
        var outputs = _session.Run(new Dictionary<string, RuntimeValue>(StringComparer.Ordinal) { [_input.Name] = input }, cancellationToken);
        return outputs[_output.Name] as Tensor
            ?? throw new UnsupportedManifestException(
                _manifestFile, [new ManifestError("$.output.tensor", $"\"{_output.Name}\", which gave {outputs[_output.Name]}", ScoreReader.Works)]);
    }

    /// <summary>One real inference on a grey picture, so that the first upload finds code compiled and memory at hand.</summary>
    /// <exception cref="InvalidLabelsException">The output turns out to have another number of classes than there are labels.</exception>
    /// <exception cref="UnsupportedManifestException">The output turns out to be no list of scores.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WarmUp(CancellationToken cancellationToken)
    {
        using var stage = Stages.Begin("warm-up");
        var grey = new PixelBuffer<byte>(Preprocessor.Width, Preprocessor.Height, Preprocessor.DecodeOptions.Color == PixelColor.Gray ? 1 : 3);
        grey.Values.Fill(128);
        var output = Run(Prepare(grey), cancellationToken);
        try
        {
            Postprocessor.Read(output);
        }
        catch (NonFiniteScoresException)
        {
            // What a model says of a picture that nobody took decides nothing: each upload is judged by its own scores.
        }
    }

    private PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken)
    {
        using var stage = Stages.Begin("decode");
        return _decoder.Decode(file, limits, Preprocessor.DecodeOptions, cancellationToken);
    }

    private Tensor Prepare(PixelBuffer<byte> image)
    {
        using var stage = Stages.Begin("preprocess");
        return Preprocessor.Prepare(image);
    }
}
