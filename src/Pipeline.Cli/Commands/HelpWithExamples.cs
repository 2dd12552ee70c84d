using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Pipeline.Cli.Commands;

/// <summary>The library's help, and below it what to type.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help;

    public HelpWithExamples(HelpAction help)
    {
        _help = help;
    }

    /// <summary>Help is given whatever else is wrong with the line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = CommandExamples.Of(PipelineCommand.PathTo(parseResult.CommandResult).TrimEnd());
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
