using Pipeline.Cli.Commands;

namespace Pipeline.Cli.Tests.Commands;

public sealed class HelpWithExamplesTests
{
    public static TheoryData<string> Commands => CommandExamplesTests.Commands;

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parse_HelpOfACommandThatNeedsMore_IsNoError(string path) => Assert.Empty(PipelineCommand.Create().Parse($"{path} --help").Errors);
}
