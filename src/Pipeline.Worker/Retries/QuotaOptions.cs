namespace Pipeline.Worker.Retries;

/// <summary>How often a user may ask for objects to be classified again.</summary>
public sealed record QuotaOptions
{
    /// <value>Requests of one user in one window. Default 50; 0 (none) to 100,000.</value>
    public int Requests { get; init; } = 50;

    /// <value>The window. Default 1 h; 1 s to 31 days.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <value>The collection that counts. Default <c>classificationQuotas</c>. Clients may not write it.</value>
    public string Collection { get; init; } = "classificationQuotas";

    internal void Validate(string key, OptionCheck errors)
    {
        errors.Range($"{key}:{nameof(Requests)}", Requests, 0, 100_000);
        errors.Range($"{key}:{nameof(Window)}", Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(31));
        if (!Documents.DocumentRequests.IsCollection(Collection))
        {
            errors.Add(new OptionError($"{key}:{nameof(Collection)}", $"'{Collection}' is no collection's path."));
        }
    }
}
