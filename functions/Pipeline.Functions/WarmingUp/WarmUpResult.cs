namespace Pipeline.Functions.WarmingUp;

/// <summary>What became of one warm-up.</summary>
/// <param name="Url">The service.</param>
/// <param name="Error">Why it is not known to be warm; null: it is.</param>
public sealed record WarmUpResult(Uri Url, string? Error);
