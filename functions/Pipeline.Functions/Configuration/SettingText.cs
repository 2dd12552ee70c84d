namespace Pipeline.Functions.Configuration;

/// <summary>What is said of a setting.</summary>
/// <param name="Key">Below <c>Pipeline</c>, with <c>N</c> for the numbers of list elements.</param>
/// <param name="Meaning">One clause, without a full stop.</param>
/// <param name="Unit">What the number counts; null for durations and texts.</param>
/// <param name="Allowed">What is allowed, where no range of the options says it; null else.</param>
internal sealed record SettingText(string Key, string Meaning, string? Unit = null, string? Allowed = null);
