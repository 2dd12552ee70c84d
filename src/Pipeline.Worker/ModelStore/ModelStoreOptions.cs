namespace Pipeline.Worker.ModelStore;

/// <summary>Which models are held in memory, and how long is waited for them.</summary>
public sealed record ModelStoreOptions
{
    /// <value>The models, loaded in this order. Required: at least one, with distinct names.</value>
    public IReadOnlyList<ModelSource> Models { get; init; } = [];

    /// <value>The model of a rule that names none. Default: the first.</value>
    public string? DefaultModel { get; init; }

    /// <value>How long a request waits for a model that is being loaded. Default 20 s; 0 s to 10 min.</value>
    public TimeSpan ReadyWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>How long after a failure the next request for the model loads it again. Default 30 s; 1 s to 1 day.</value>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>How often the folders are looked at for newer versions. Default 5 s; 0 s (never) to 1 day.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long the files of a newer version must have stood still before they are loaded. Default 3 s; 0 s to 10 min.</value>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Everything that is wrong; empty where the options are valid.</summary>
    public IReadOnlyList<OptionError> Validate() => Check();

    /// <summary>What is allowed, by key, for the options that have a range.</summary>
    public IReadOnlyDictionary<string, string> Ranges() => Check().Ranges;

    private OptionCheck Check()
    {
        var errors = new OptionCheck();
        if (Models.Count == 0)
        {
            errors.Add(new OptionError(nameof(Models), "no model is configured; at least one is needed."));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < Models.Count; index++)
        {
            var model = Models[index];
            if (string.IsNullOrWhiteSpace(model.Name) || !names.Add(model.Name))
            {
                errors.Add(new OptionError($"{nameof(Models)}:{index}:{nameof(model.Name)}", $"'{model.Name}' must be a name that no other model has."));
            }

            if (string.IsNullOrWhiteSpace(model.Folder))
            {
                errors.Add(new OptionError($"{nameof(Models)}:{index}:{nameof(model.Folder)}", "no folder is given; the model package's is needed."));
            }

            if (model.Version is { } version)
            {
                errors.Range($"{nameof(Models)}:{index}:{nameof(model.Version)}", version, 0, long.MaxValue);
            }
        }

        if (DefaultModel is not null && !names.Contains(DefaultModel))
        {
            errors.Add(new OptionError(nameof(DefaultModel), $"'{DefaultModel}' is none of the models: {string.Join(", ", names)}."));
        }

        errors.Range(nameof(ReadyWait), ReadyWait, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        errors.Range(nameof(PollInterval), PollInterval, TimeSpan.Zero, TimeSpan.FromDays(1));
        errors.Range(nameof(SettleTime), SettleTime, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        errors.Range(nameof(RetryAfter), RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        return errors;
    }
}
