using System.CommandLine;
using Pipeline.Cli.Commands;

namespace Pipeline.Cli.Tests.Commands;

public sealed class CommandExamplesTests
{
    public static TheoryData<string> Commands => [.. Leaves(PipelineCommand.Create(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Of_EveryCommand_HasExamplesThatParse(string path)
    {
        var examples = CommandExamples.Of(path);

        Assert.NotEmpty(examples);
        foreach (var example in examples.Where(example => example.StartsWith("pipeline ", StringComparison.Ordinal)))
        {
            var words = example.Split(" > ")[0].Split(' ')[1..];
            var result = PipelineCommand.Create().Parse(words);
            Assert.Equal(path, PipelineCommand.PathTo(result.CommandResult).TrimEnd());
            Assert.Empty(result.UnmatchedTokens);

            // What is wrong with an example can only be that its files are not here.
            Assert.DoesNotContain(result.Errors, error => !error.Message.Contains("no such", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path.TrimStart()]
        : command.Subcommands.SelectMany(inner => Leaves(inner, $"{path} {inner.Name}"));
}
