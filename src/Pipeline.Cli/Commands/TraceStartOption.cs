using System.CommandLine;
using Pipeline.Hosting.Startup;

namespace Pipeline.Cli.Commands;

/// <summary>The flag for <see cref="StartTrace"/>, which looks for it by itself before the command line is read.</summary>
internal static class TraceStartOption
{
    public static Option<bool> Create() => new(StartTrace.Flag)
    {
        Description = $"Print to the standard error stream where the time until the first label goes; {StartTrace.Variable}=1 asks for the same.",
    };
}
