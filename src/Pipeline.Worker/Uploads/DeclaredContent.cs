namespace Pipeline.Worker.Uploads;

/// <summary>What the uploader declared of an object's content.</summary>
/// <param name="Type">Media type, or null.</param>
/// <param name="Encoding">For example <c>gzip</c>, or null.</param>
public readonly record struct DeclaredContent(string? Type, string? Encoding);
