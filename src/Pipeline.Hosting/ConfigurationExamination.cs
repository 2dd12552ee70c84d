using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting;

/// <summary>A configuration that was read without starting anything.</summary>
/// <param name="Errors">Everything that would keep the service from starting.</param>
/// <param name="Settings">Every setting that was asked for, in that order.</param>
/// <param name="Services">What the program would add; where there are errors, it may not be usable.</param>
public sealed record ConfigurationExamination(IReadOnlyList<string> Errors, IReadOnlyList<ReadSetting> Settings, IServiceCollection Services);
