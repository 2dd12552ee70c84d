using System.Globalization;

namespace Pipeline.Functions.Calls;

/// <summary>An error of a call, in the names that Firebase's client libraries know.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Status">For example <c>INVALID_ARGUMENT</c>.</param>
/// <param name="Message">For people; nothing of the machine.</param>
/// <param name="Code">Our own reason, sent as <c>details.code</c>, or null.</param>
internal sealed record CallError(int StatusCode, string Status, string Message, string? Code = null)
{
    /// <summary>The seconds to wait before another try, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static CallError InvalidArgument(string message, string? code = null) => new(StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", message, code);

    public static CallError Unauthenticated(string message) => new(StatusCodes.Status401Unauthorized, "UNAUTHENTICATED", message);

    public static CallError NotFound(string message, string? code = null) => new(StatusCodes.Status404NotFound, "NOT_FOUND", message, code);

    public static CallError DeadlineExceeded(string message, string? code = null) =>
        new(StatusCodes.Status504GatewayTimeout, "DEADLINE_EXCEEDED", message, code);

    public static CallError Unavailable(string message, TimeSpan retryAfter, string? code = null) =>
        new(StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", message, code) { RetryAfter = retryAfter };

    public static CallError Internal { get; } = new(StatusCodes.Status500InternalServerError, "INTERNAL", "INTERNAL");

    /// <summary>A status without a name of its own among Firebase's: an argument that is wrong in a way that HTTP has a word for.</summary>
    public static CallError Refused(int statusCode, string message, string? code = null) => new(statusCode, "INVALID_ARGUMENT", message, code);

    /// <summary><see cref="RetryAfter"/> as a header says it: whole seconds, at least one.</summary>
    public string? RetryAfterSeconds =>
        RetryAfter is { } wait ? Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null;
}
