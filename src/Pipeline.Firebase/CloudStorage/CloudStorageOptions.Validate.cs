namespace Pipeline.Firebase.CloudStorage;

public sealed partial record CloudStorageOptions
{
    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate()
    {
        if (EmulatorHost is not null && !OptionChecks.IsHost(Authority(EmulatorHost)))
        {
            yield return $"{nameof(EmulatorHost)} is '{EmulatorHost}'; it must be a host and a port, such as 127.0.0.1:9199, with or without http:// before it.";
        }

        var (shortest, longest) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        foreach (var error in new[]
        {
            OptionChecks.Range(nameof(ConnectTimeout), ConnectTimeout, shortest, TimeSpan.FromMinutes(1)),
            OptionChecks.Range(nameof(RequestTimeout), RequestTimeout, shortest, longest),
            OptionChecks.Range(nameof(TotalTimeout), TotalTimeout, shortest, longest),
            OptionChecks.Range(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
        })
        {
            if (error is not null)
            {
                yield return error;
            }
        }
    }
}
