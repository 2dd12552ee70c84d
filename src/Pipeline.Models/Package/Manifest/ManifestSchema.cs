namespace Pipeline.Models.Package.Manifest;

/// <summary>The published JSON schema of <c>model.json</c>.</summary>
public static class ManifestSchema
{
    /// <summary>The schema's text: JSON Schema, draft 2020-12.</summary>
    public static string Read()
    {
        using var stream = typeof(ManifestSchema).Assembly.GetManifestResourceStream("model.schema.json")
            ?? throw new InvalidOperationException("The assembly holds no model.schema.json.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
