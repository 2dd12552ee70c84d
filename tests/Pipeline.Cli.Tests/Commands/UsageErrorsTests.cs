using Pipeline.Cli.Commands;

namespace Pipeline.Cli.Tests.Commands;

public sealed class UsageErrorsTests
{
    [Theory]
    [InlineData("clasify", "'clasify' is no command of pipeline; did you mean classify?")]
    [InlineData("model insepct", "'insepct' is no command of pipeline model; did you mean inspect?")]
    [InlineData("classify x.jpg --jsn", "'--jsn' is no option of pipeline classify; did you mean --json?")]
    [InlineData("config check a.json --sett X=1", "'--sett' is no option of pipeline config check; did you mean --set?")]
    [InlineData("deadletters list --qqqqqqqq", "'--qqqqqqqq' is no option of pipeline deadletters list.")]
    [InlineData("config check --set Lease", "--set needs a key and a value, as in --set Limits:MaxBytes=1000000; 'Lease' has no '='.")]
    [InlineData("deadletters retry", "Name letters, or give --all with or without filters. See: pipeline deadletters list")]
    [InlineData("deadletters retry --code X", "Add --all to take every letter that the filters leave, or --dry-run to see them.")]
    [InlineData("deadletters retry a --all", "Name letters or give --all, not both.")]
    [InlineData("deadletters park --all --rate 0", "--rate is 0; more than 0 and at most 10000 a second is possible.")]
    [InlineData("deadletters list --older-than soon", "--older-than is 'soon'; a time such as 30min, 2h or 7d is needed.")]
    [InlineData("deadletters list --limit 0", "--limit is 0; at least 1 is needed.")]
    [InlineData("classify a.jpg --json --csv", "Give --json or --csv, not both.")]
    [InlineData("config explain --bucket b", "--bucket and --type need --object: they speak of an object.")]
    public void Of_Misuse_IsOneSentenceThatHelps(string line, string expected) =>
        Assert.Equal([expected], UsageErrors.Of(PipelineCommand.Create().Parse(line.Split(' '))));
}
