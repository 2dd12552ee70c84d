namespace Pipeline.Worker;

/// <summary>Which uploads are classified, and how.</summary>
public sealed record RuleOptions
{
    /// <value>A configured bucket, or <c>*</c> for any of them. Default <c>*</c>.</value>
    public string Bucket { get; init; } = "*";

    /// <value>A pattern of names: literal segments, <c>*</c>, <c>**</c>, <c>{name}</c>. Required. <c>{uid}</c> captures the owner.</value>
    public string Match { get; init; } = "";

    /// <value>Media types that are taken, such as <c>image/png</c>, <c>image/*</c> or <c>*/*</c>. Empty (the default) is <c>image/*</c>.</value>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <value>The model's name. Default: the only, or the default, model.</value>
    public string? Model { get; init; }

    /// <value>A document of the app's own, such as <c>users/{uid}/photos/{photo}</c>. Default: none.</value>
    public string? Document { get; init; }

    /// <value>The field of <see cref="Document"/> that receives the result. Default <c>classification</c>.</value>
    public string Field { get; init; } = "classification";

    /// <value>Whether <see cref="Document"/> is created where it is missing. Default false.</value>
    public bool Create { get; init; }
}
