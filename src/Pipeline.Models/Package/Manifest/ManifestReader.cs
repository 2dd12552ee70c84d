using System.Text.Json;
using System.Text.Unicode;

namespace Pipeline.Models.Package.Manifest;

/// <summary>
/// Reads <c>model.json</c> strictly: unknown and repeated keys, wrong types and values out of range are errors, all reported at once.
/// <c>model.schema.json</c> says the same to editors; only repeated keys are beyond it.
/// </summary>
public static partial class ManifestReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ManifestLimits.MaxDepth };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="path">The manifest's file.</param>
    /// <exception cref="InvalidManifestException">Not a manifest; all errors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelManifest ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var length = new FileInfo(path).Length;
        if (length > ManifestLimits.MaxFileLength)
        {
            throw Refused(path, $"a file of {length} bytes", $"at most {ManifestLimits.MaxFileLength} bytes");
        }

        return Read(File.ReadAllBytes(path), path);
    }

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InvalidManifestException">Not a manifest; all errors.</exception>
    public static ModelManifest Read(ReadOnlyMemory<byte> json, string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (json.Length > ManifestLimits.MaxFileLength)
        {
            throw Refused(file, $"{json.Length} bytes", $"at most {ManifestLimits.MaxFileLength} bytes");
        }

        var text = json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
        if (!Utf8.IsValid(text.Span))
        {
            throw Refused(file, "bytes that are not UTF-8", "JSON in UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var errors = new List<ManifestError>();
            var manifest = ReadManifest(document.RootElement, errors);
            return manifest is not null && errors.Count == 0 ? manifest : throw new InvalidManifestException(file, [.. errors]);
        }
        catch (JsonException error)
        {
            var place = $"something else at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
            throw new InvalidManifestException(file, [new ManifestError("$", place, "JSON without comments and trailing commas")], error);
        }
    }

    private static ModelManifest? ReadManifest(JsonElement root, List<ManifestError> errors)
    {
        var section = ManifestSection.Read(root, "$", ManifestKeys.Root, errors);
        if (section is null)
        {
            return null;
        }

        section.Text("$schema", TextRule.Name);
        var name = section.Text("name", TextRule.ModelName);
        var version = section.Text("version", TextRule.Version);
        var signature = section.Text("signature", TextRule.Name);
        var sha256 = section.Text("sha256", TextRule.Sha256);
        if (!section.Has("input"))
        {
            section.Refuse("input", "an object that says how the model is fed");
        }

        var input = section.Section("input", ManifestKeys.Input) is { } inputSection ? ReadInput(inputSection) : null;
        var output = section.Section("output", ManifestKeys.Output) is { } outputSection ? ReadOutput(outputSection) : new OutputManifest();
        if (input is null)
        {
            return null;
        }

        var defaults = new ModelManifest { Input = input };
        return defaults with
        {
            Name = name,
            Version = version ?? defaults.Version,
            Signature = signature ?? defaults.Signature,
            Output = output,
            Sha256 = sha256?.ToLowerInvariant(),
        };
    }

    private static InvalidManifestException Refused(string file, string found, string allowed) =>
        new(file, [new ManifestError("$", found, allowed)]);
}
