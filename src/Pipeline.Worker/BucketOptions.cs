namespace Pipeline.Worker;

/// <summary>A bucket whose uploads are classified, and the collections that belong to it.</summary>
public sealed record BucketOptions
{
    /// <value>The bucket's name. Required, distinct.</value>
    public string Bucket { get; init; } = "";

    /// <value>The collection of results. Default <c>classifications</c> where there is one bucket; with more, required and distinct.</value>
    public string? Results { get; init; }

    /// <value>The collection of dead letters. Default <c>deadLetters</c> where there is one bucket; with more, required and distinct.</value>
    public string? DeadLetters { get; init; }
}
