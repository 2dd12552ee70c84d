namespace Pipeline.Worker;

/// <summary>Something wrong in the configuration.</summary>
/// <param name="Key">Where, as configuration keys are written: <c>Rules:0:Match</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record OptionError(string Key, string Message)
{
    public override string ToString() => $"{Key}: {Message}";
}
