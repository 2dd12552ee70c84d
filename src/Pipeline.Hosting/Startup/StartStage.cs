namespace Pipeline.Hosting.Startup;

/// <summary>A part of the start that took some time.</summary>
/// <param name="Name">Indented by two spaces for each stage around it.</param>
/// <param name="Start">From the start of the process.</param>
internal sealed record StartStage(string Name, TimeSpan Start, TimeSpan Duration, int Thread);
