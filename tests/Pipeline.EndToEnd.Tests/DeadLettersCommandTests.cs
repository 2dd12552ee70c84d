using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests;

/// <summary><c>pipeline deadletters</c> on a data folder that another process has open.</summary>
public sealed class DeadLettersCommandTests : IAsyncLifetime
{
    private EndToEndFixture _world = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await EndToEndFixture.CreateAsync(CancellationToken);
        await AddAsync("users/u1/ü [a].jpg", "parked", "OBJECT_UNAVAILABLE");
        await AddAsync("users/u1/b.jpg", "due", "INTERNAL");
        await AddAsync("users/u2/c.jpg", "parked", "OBJECT_UNAVAILABLE");
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task List_Filters_GiveTableAndJson()
    {
        var (exitCode, table, error) = await RunAsync("list");
        Assert.True(exitCode == 0, error);
        Assert.Contains("users/u1/ü [a].jpg", table, StringComparison.Ordinal);
        Assert.Contains("3 in all.", table, StringComparison.Ordinal);

        var (_, json, _) = await RunAsync("list", "--state", "parked", "--code", "object_unavailable", "--prefix", "users/u1/", "--json");
        using var letters = JsonDocument.Parse(json);
        var letter = Assert.Single(letters.RootElement.EnumerateArray());
        Assert.Equal(("users/u1/ü [a].jpg", "parked", "7"), (letter.GetProperty("name").GetString(), letter.GetProperty("state").GetString(), letter.GetProperty("generation").GetString()));

        Assert.Contains("No dead letter is as you ask", (await RunAsync("list", "--older-than", "1d")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ByNameOrId_HasHistoryResultAndRule()
    {
        foreach (var key in (string[])["users/u1/b.jpg", DocumentIds.FromName("users/u1/b.jpg")])
        {
            var (exitCode, output, error) = await RunAsync("show", key);

            Assert.True(exitCode == 0, error);
            Assert.Contains("retrying", output, StringComparison.Ordinal);
            Assert.Contains("users/{uid}/**", output, StringComparison.Ordinal);
            Assert.Contains("It broke.", output, StringComparison.Ordinal);
        }

        var missing = await RunAsync("show", "none");
        Assert.Equal((1, "There is no dead letter 'none'. See: pipeline deadletters list"), (missing.ExitCode, missing.Error.Trim()));
    }

    [Fact]
    public async Task RetryParkDrop_ByNameAndByFilter_ChangeWhatWasAskedFor()
    {
        var dry = await RunAsync("retry", "--all", "--state", "parked", "--dry-run");
        Assert.Contains("2 letters would be changed", dry.Output, StringComparison.Ordinal);
        Assert.Equal("parked", await StateAsync("users/u2/c.jpg"));

        var (exitCode, output, error) = await RunAsync("retry", "--all", "--state", "parked", "--rate", "1000", "--json");
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["due now", "due now"], json.RootElement.GetProperty("letters").EnumerateArray().Select(letter => letter.GetProperty("outcome").GetString()));
        Assert.Equal(("due", "retrying"), (await StateAsync("users/u2/c.jpg"), await _world.StatusAsync("users/u2/c.jpg", CancellationToken)));

        Assert.Equal(0, (await RunAsync("park", "users/u1/b.jpg")).ExitCode);
        Assert.Equal(("parked", "failed"), (await StateAsync("users/u1/b.jpg"), await _world.StatusAsync("users/u1/b.jpg", CancellationToken)));

        var refused = await RunAsync("drop", "users/u1/b.jpg");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("drop", "users/u1/b.jpg", "none", "--yes")).ExitCode);
        Assert.Null(await StateAsync("users/u1/b.jpg"));
    }

    [Fact]
    public async Task Undelivered_NothingGivenUp_SaysSo() =>
        Assert.Contains("Every event was delivered", (await RunAsync("undelivered")).Output, StringComparison.Ordinal);

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params string[] arguments) =>
        CommandProcess.RunAsync(["deadletters", command, .. arguments, "--data", _world.Data, "--set", $"Buckets:0:Bucket={StorageHost.Bucket}"]);

    private async Task<string?> StateAsync(string name) =>
        ((await _world.LetterAsync(name, CancellationToken)).Fields?["state"] as DocumentValue.StringValue)?.Value;

    private async Task AddAsync(string name, string state, string code)
    {
        var id = DocumentIds.FromName(name);
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var fields = DocumentFields.Empty.Add("bucket", StorageHost.Bucket).Add("name", name).Add("generation", 7L);
        var error = DocumentFields.Empty.Add("code", code).Add("message", "It broke.").Add("at", now);
        var letter = fields.Add("state", state).Add("dueAt", now).Add("lastFailedAt", now).Add("errors", new DocumentValue.ArrayValue([new DocumentValue.MapValue(error)]));
        var result = fields.Add("status", state == "due" ? "retrying" : "failed").Add("claimId", "c").Add("attempts", 1L);
        Assert.IsType<CommitOutcome.Committed>(await _world.Documents.CommitAsync(
            [
                new DocumentWrite.Set(new DocumentPath("deadLetters", id), DocumentPrecondition.None, letter, null, []),
                new DocumentWrite.Set(new DocumentPath("classifications", id), DocumentPrecondition.None, result, null, []),
            ],
            CancellationToken));
    }
}
