namespace Pipeline.Hosting.Startup;

/// <summary>A setting that was read.</summary>
/// <param name="Key">Below <c>Pipeline</c>: <c>Limits:MaxBytes</c>.</param>
/// <param name="Allowed">What a value must be, as error messages say it.</param>
/// <param name="Default">What holds where it is not set; null where that is nothing.</param>
/// <param name="Text">What it was set to; null where it is not set.</param>
public sealed record ReadSetting(string Key, string Allowed, object? Default, string? Text, SettingOrigin Origin);
