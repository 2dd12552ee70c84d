using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;

namespace Pipeline.Fixtures.Tests;

public sealed class FixtureConsoleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(FixtureVerdict.Passed, 0, "1 passed, 0 failed, 1 skipped")]
    [InlineData(FixtureVerdict.Failed, 1, "0 passed, 1 failed, 1 skipped")]
    public void Run_OneCaseAndOneUnknownKind_CountsBoth(FixtureVerdict verdict, int exitCode, string lastLine)
    {
        WriteIndex("known", "unknown");
        using var output = new StringWriter();
        var console = new FixtureConsole(new FixtureRunner([new FixedKind(() => new FixtureResult(verdict, "reason"))]), output);

        Assert.Equal(exitCode, console.Run([_folder]));

        var lines = output.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(lastLine, lines[^1]);
        Assert.Contains("SKIPPED 1: kind unknown is not built yet", lines);
    }

    [Fact]
    public void Run_KindThrows_CountsAsFailedWithTheMessage()
    {
        WriteIndex("known");
        using var output = new StringWriter();
        var console = new FixtureConsole(new FixtureRunner([new FixedKind(() => throw new InvalidDataException("bad block"))]), output);

        Assert.Equal(1, console.Run([_folder]));
        Assert.Contains("InvalidDataException: bad block", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("--nonsense")]
    [InlineData("/no/such/folder")]
    public void Run_UsedWrongly_ExitsWith2(params string[] arguments)
    {
        using var output = new StringWriter();

        Assert.Equal(2, new FixtureConsole(new FixtureRunner([]), output).Run(arguments));
    }

    private void WriteIndex(params string[] kinds)
    {
        var cases = kinds.Select(kind =>
            $$"""{"id":"{{kind}}","kind":"{{kind}}","path":null,"signature":null,"inputs":[],"outputs":[],"tolerance":{"rel":0,"abs":0},"note":""}""");
        File.WriteAllText(Path.Combine(_folder, "index.json"), $$"""{"producer":"test","cases":[{{string.Join(',', cases)}}]}""");
    }

    private sealed class FixedKind(Func<FixtureResult> run) : IFixtureKind
    {
        public string Kind => "known";

        public FixtureResult Run(FixtureCase fixture) => run();
    }
}
