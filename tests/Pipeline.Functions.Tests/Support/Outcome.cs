using System.Collections.Immutable;
using System.Net;
using Pipeline.Fixtures.Format;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests.Support;

/// <summary>What became of an upload: the answer, the result and the dead letter, field by field.</summary>
internal static class Outcome
{
    /// <summary>Between the reading of a clock and the writing of it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Nothing could be recorded: 503 with a time to come back.</summary>
    public static void AssertComeAgain(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(int.Parse(Assert.Single(response.Headers.GetValues("Retry-After"))) >= 1);
    }

    /// <summary>Failed for good: the result says why, and there is no letter.</summary>
    public static async Task AssertFailedAsync(RunningFunction function, string name, string code)
    {
        AssertError((await function.ResultAsync(name))!, "failed", code, isRetryable: false, attempts: 1);
        Assert.Null(await function.LetterAsync(name));
    }

    /// <summary>Waits for the sweep: the result says why, and the letter is due after the delay, jittered upward only.</summary>
    /// <param name="attempts">Those that count.</param>
    public static async Task AssertRetryingAsync(RunningFunction function, string name, string code, long attempts, TimeSpan delay)
    {
        AssertError((await function.ResultAsync(name))!, "retrying", code, isRetryable: true, attempts);
        var letter = await AssertLetterAsync(function, name, "due", code, attempts);
        Assert.False(letter.ContainsKey("parkedReason"));
        Assert.InRange(Time(letter["dueAt"]) - Time(letter["lastFailedAt"]), delay - Slack, (delay * 1.2) + Slack);
    }

    /// <summary>Given up, and kept for an operator.</summary>
    public static async Task AssertParkedAsync(RunningFunction function, string name, string code, long attempts, string reason)
    {
        AssertError((await function.ResultAsync(name))!, "failed", code, isRetryable: false, attempts);
        Assert.Equal(reason, (await AssertLetterAsync(function, name, "parked", code, attempts))["parkedReason"]);
    }

    /// <summary>Sweeps until no letter is left: then the object is classified, by this attempt.</summary>
    public static async Task AssertHealsAsync(RunningFunction function, string name, long attempts, string maintain = "/maintain")
    {
        await SweepUntilAsync(function, async () => await function.LetterAsync(name) is null, maintain);
        var result = (await function.ResultAsync(name))!;
        Assert.Equal(("classified", attempts), (Text(result, "status"), Integer(result, "attempts")));
        Assert.False(result.ContainsKey("error"));
    }

    /// <summary>Sweeps until something is so.</summary>
    public static async Task SweepUntilAsync(RunningFunction function, Func<Task<bool>> isSo, string maintain = "/maintain")
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < FunctionProcess.Patience, "The sweeps change nothing.");
            _ = await function.MaintainAsync(maintain);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>The process lives: the next good upload is classified.</summary>
    /// <param name="after">Tells several uploads of one process apart.</param>
    public static async Task AssertNextIsClassifiedAsync(RunningFunction function, string path, string after = "it")
    {
        var next = $"users/next/after-{after}.jpg";
        var generation = await function.PutAsync(next, Sample("camera.jpg"));

        using var response = await function.SendFinalizedAsync(next, generation, path, "event-next");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("classified", Text((await function.ResultAsync(next))!, "status"));
    }

    /// <summary>A photo that comes with the program.</summary>
    public static byte[] Sample(string file) => File.ReadAllBytes(Path.Combine(SharedFolder.Checkout()!, "scripts", "samples", file));

    private static void AssertError(ImmutableSortedDictionary<string, DocumentValue> result, string status, string code, bool isRetryable, long attempts)
    {
        var error = Assert.IsType<DocumentValue.MapValue>(result["error"]).Fields;
        Assert.Equal((status, code, attempts), (Text(result, "status"), Text(error, "code"), Integer(result, "attempts")));
        Assert.Equal(isRetryable, error["retryable"]);
        Assert.False(result.ContainsKey("label"));
        Assert.False(result.ContainsKey("lease"));
        AssertHarmless(Text(error, "message")!);
    }

    private static async Task<ImmutableSortedDictionary<string, DocumentValue>> AssertLetterAsync(
        RunningFunction function, string name, string state, string code, long attempts)
    {
        var letter = (await function.LetterAsync(name))!;
        var result = (await function.ResultAsync(name))!;
        Assert.Equal((RunningFunction.Bucket, name, state, attempts), (Text(letter, "bucket"), Text(letter, "name"), Text(letter, "state"), Integer(letter, "attempts")));
        Assert.Equal(result["generation"], letter["generation"]);
        var error = Assert.IsType<DocumentValue.MapValue>(Assert.IsType<DocumentValue.ArrayValue>(letter["errors"]).Values[^1]).Fields;
        Assert.Equal(code, Text(error, "code"));
        AssertHarmless(Text(error, "message")!);
        return letter;
    }

    /// <summary>A message for users has no path and no stack in it.</summary>
    private static void AssertHarmless(string message)
    {
        Assert.NotEmpty(message);
        Assert.DoesNotContain('/', message);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
    }

    private static string? Text(ImmutableSortedDictionary<string, DocumentValue> fields, string name) => (fields[name] as DocumentValue.StringValue)?.Value;

    private static long Integer(ImmutableSortedDictionary<string, DocumentValue> fields, string name) =>
        Assert.IsType<DocumentValue.IntegerValue>(fields[name]).Value;

    private static DateTimeOffset Time(DocumentValue value) => Assert.IsType<DocumentValue.TimestampValue>(value).Value;
}
