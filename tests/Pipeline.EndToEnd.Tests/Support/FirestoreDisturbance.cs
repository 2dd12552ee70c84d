using Microsoft.AspNetCore.Http;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>What happens to a request instead of its answer.</summary>
/// <param name="IsPassedOn">Whether Firestore gets it all the same.</param>
/// <param name="AnswerAsync">What the sender sees.</param>
internal sealed record FirestoreDisturbance(bool IsPassedOn, Func<HttpContext, Task> AnswerAsync)
{
    /// <summary>Firestore has it, and its answer comes too late.</summary>
    public static FirestoreDisturbance AnsweredTooLate { get; } = new(true, WaitAsync);

    /// <summary>Nobody answers.</summary>
    public static FirestoreDisturbance Silence { get; } = new(false, WaitAsync);

    /// <summary>The connection breaks.</summary>
    public static FirestoreDisturbance Break { get; } = new(false, context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>An error of Firestore's.</summary>
    public static FirestoreDisturbance Error(int code, string status) => new(false, context =>
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""[{"error":{"code":{{{code}}},"message":"as the test says","status":"{{{status}}}"}}]""");
    });

    private static async Task WaitAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The sender waits no longer.
        }
    }
}
