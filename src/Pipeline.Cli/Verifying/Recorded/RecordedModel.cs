using System.Collections.Immutable;
using System.Security.Cryptography;
using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.SavedModel;
using Pipeline.Worker.Classification;

namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>Runs a model on recorded cases; each signature is read once.</summary>
internal sealed class RecordedModel
{
    private readonly string _folder;
    private readonly Lazy<Preprocessor> _preprocessor;
    private readonly Dictionary<string, InferenceSession> _sessions = new(StringComparer.Ordinal);

    /// <param name="given">Values for the manifest, as JSON by path; of use where pictures are recorded.</param>
    public RecordedModel(string folder, ImmutableDictionary<string, string> given)
    {
        _folder = folder;
        _preprocessor = new Lazy<Preprocessor>(() =>
        {
            var manifest = OwnManifest.Of(folder, given).Read();
            return new TrialModel(folder, manifest).Preprocess(manifest);
        });
    }

    /// <summary>Holds the outputs of one case against the recorded ones.</summary>
    public ImmutableArray<RecordedOutcome> Run(RecordedCase recorded, CancellationToken cancellationToken)
    {
        var session = Find(recorded);
        var inputs = new Dictionary<string, RuntimeValue>(StringComparer.Ordinal);
        foreach (var input in recorded.Inputs)
        {
            if (input.Value is null)
            {
                return Skip(recorded, "an input of texts is not fed");
            }

            inputs[input.Name] = input.Value;
        }

        if (recorded.Photo is { } photo && recorded.Inputs.IsEmpty)
        {
            var tensor = Prepare(photo, cancellationToken);
            if (!string.Equals(Md5(tensor), recorded.InputMd5, StringComparison.OrdinalIgnoreCase))
            {
                return Skip(recorded, "the picture was recorded as another tensor: it was fed in another way than the manifest's");
            }

            inputs[session.Inputs[0].Name] = tensor;
        }

        try
        {
            var outputs = session.Run(inputs, cancellationToken);
            return [.. recorded.Outputs.Select(output => RecordedComparison.Compare(recorded, output, outputs.GetValueOrDefault(output.Name)))];
        }
        catch (InvalidSessionInputException error)
        {
            return [new RecordedOutcome(recorded.Id, string.Empty, RecordedVerdict.Failed, null, null, error.Message)];
        }
    }

    private static string Md5(Tensor tensor)
    {
        // MD5 is the format's own fingerprint and guards nothing.
#pragma warning disable CA5351
        return Convert.ToHexStringLower(MD5.HashData(tensor.Bytes));
#pragma warning restore CA5351
    }

    private static ImmutableArray<RecordedOutcome> Skip(RecordedCase recorded, string reason) =>
        [new RecordedOutcome(recorded.Id, string.Empty, RecordedVerdict.Skipped, null, null, reason)];

    private Tensor Prepare(string photo, CancellationToken cancellationToken)
    {
        var content = File.ReadAllBytes(photo);
        var image = new ImageDecoder(TimeProvider.System).Decode(content, new ClassificationOptions().Decoding, _preprocessor.Value.DecodeOptions, cancellationToken);
        return _preprocessor.Value.Prepare(image);
    }

    private InferenceSession Find(RecordedCase recorded)
    {
        var signature = recorded.Signature ?? SavedModelReadOptions.Default.Signature;
        var key = $"{signature}\n{string.Join('\n', recorded.Tags)}";
        if (!_sessions.TryGetValue(key, out var session))
        {
            session = new InferenceSession(SavedModelReader.Read(_folder, new SavedModelReadOptions { Signature = signature, Tags = recorded.Tags }).Graph);
            _sessions.Add(key, session);
        }

        return session;
    }
}
