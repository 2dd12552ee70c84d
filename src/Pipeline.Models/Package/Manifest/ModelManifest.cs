namespace Pipeline.Models.Package.Manifest;

/// <summary>How a model is to be fed and read: the content of <c>model.json</c>, defaults filled in.</summary>
public sealed record ModelManifest
{
    /// <summary>The name of the file in a model's folder.</summary>
    public const string FileName = "model.json";

    /// <summary>The model's name; null: the folder's.</summary>
    public string? Name { get; init; }

    /// <summary>The model's version as its owner counts.</summary>
    /// <value><c>1</c> by default.</value>
    public string Version { get; init; } = "1";

    /// <summary>The signature to run.</summary>
    /// <value><c>serving_default</c> by default.</value>
    public string Signature { get; init; } = "serving_default";

    public required InputManifest Input { get; init; }

    public OutputManifest Output { get; init; } = new();

    /// <summary>What <see cref="ModelHash"/> must give, in lower-case hexadecimal digits; null: not checked.</summary>
    public string? Sha256 { get; init; }
}
