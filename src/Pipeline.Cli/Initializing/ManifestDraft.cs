using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Initializing;

/// <summary>A manifest while it is made: what the model's files tell, and what somebody says.</summary>
internal sealed class ManifestDraft
{
    private const string SignaturePath = "$.signature";
    private const string OutputPath = "$.output.tensor";
    private const string LabelsPath = "$.output.labels";

    private readonly string _folder;
    private readonly Dictionary<string, InferredValue> _said = new(StringComparer.Ordinal);
    private string? _labelFile;

    /// <remarks>The exceptions of <see cref="ManifestInference.Infer(string, InferenceHints?)"/> come through.</remarks>
    public ManifestDraft(string folder, ImmutableDictionary<string, string> given)
    {
        _folder = folder;
        foreach (var (path, json) in given)
        {
            _said[path] = new InferredValue(path, json, "given");
        }

        Inferred = Infer();
    }

    public InferredManifest Inferred { get; private set; }

    /// <summary>The questions to which nobody has said an answer.</summary>
    public IEnumerable<OpenQuestion> Open => Inferred.Questions.Where(question => !question.Paths.All(_said.ContainsKey));

    /// <summary>Why there are no labels, where nobody has said where they are; else null.</summary>
    public LabelProblem? LabelProblem => _said.ContainsKey(LabelsPath) ? null : Inferred.LabelProblem;

    /// <summary>All values, in the order of the file.</summary>
    public ImmutableArray<InferredValue> Values =>
        [.. Inferred.Values.Where(value => !_said.ContainsKey(value.Path)).Concat(_said.Values).OrderBy(value => ManifestKeys.Paths.IndexOf(value.Path))];

    /// <summary>The file's text.</summary>
    public string Text => ManifestText.Compose(Values.ToDictionary(value => value.Path, value => value.Json, StringComparer.Ordinal));

    /// <summary>The value that was said of a key, as JSON, or null.</summary>
    public string? Said(string path) => _said.GetValueOrDefault(path)?.Json;

    /// <summary>Takes a value; one that chooses another part of the model makes it be looked at again.</summary>
    public void Say(InferredValue value)
    {
        _said[value.Path] = value;
        if (value.Path is SignaturePath or OutputPath or LabelsPath)
        {
            Inferred = Infer();
        }
    }

    /// <param name="labelFile">A label file that is not in the folder yet; null: the manifest's.</param>
    /// <exception cref="InvalidManifestException">A value is not allowed, or does not fit the model; all errors.</exception>
    /// <exception cref="UnsupportedManifestException">A value asks for what is not built; all of it.</exception>
    /// <exception cref="InvalidLabelsException">The labels do not fit the model.</exception>
    public void Check(string? labelFile) => ModelPackage.Check(_folder, Read(), labelFile);

    /// <exception cref="InvalidManifestException">A value is not allowed; all errors.</exception>
    public ModelManifest Read() => ManifestReader.Read(Encoding.UTF8.GetBytes(Text), Path.Combine(_folder, ModelManifest.FileName));

    private InferredManifest Infer()
    {
        // Labels tell who made the model. What was said first counts: later it may be the name of a copy that is not there yet.
        _labelFile ??= TextOf(LabelsPath) is { } said ? ((string[])[Path.Combine(_folder, said), said]).FirstOrDefault(File.Exists) : null;
        return ManifestInference.Infer(_folder, new InferenceHints(TextOf(SignaturePath), TextOf(OutputPath), _labelFile));
    }

    private string? TextOf(string path) => _said.TryGetValue(path, out var value) ? JsonSerializer.Deserialize<string>(value.Json) : null;
}
