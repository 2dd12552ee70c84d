using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Configuration;

/// <summary>A setting with all that there is to say of it.</summary>
/// <param name="Key">Below <c>Pipeline</c>; with <c>N</c> for the number of an element that nobody has configured.</param>
/// <param name="Variable">The environment variable that sets it.</param>
/// <param name="Unit">What its number counts, or null.</param>
/// <param name="Default">As it would be written; null where it is nothing.</param>
/// <param name="Value">What holds, as it would be written; null where it is nothing. Secrets are masked.</param>
public sealed record ExplainedSetting(
    string Key, string Variable, string Meaning, string? Unit, string Allowed, string? Default, string? Value, SettingOrigin Origin);
