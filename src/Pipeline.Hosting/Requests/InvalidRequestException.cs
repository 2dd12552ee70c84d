using Microsoft.AspNetCore.Http;

namespace Pipeline.Hosting.Requests;

/// <summary>A request that cannot be served as it is. Sending it again cannot help.</summary>
public sealed class InvalidRequestException : Exception
{
    /// <param name="statusCode">A status from 400 to 499.</param>
    /// <param name="reason">For people; it is sent to the caller.</param>
    public InvalidRequestException(int statusCode, string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 499);
        StatusCode = statusCode;
    }

    public int StatusCode { get; }

    /// <summary>What is there is not what was agreed (400).</summary>
    public static InvalidRequestException Malformed(string reason, Exception? innerException = null) =>
        new(StatusCodes.Status400BadRequest, reason, innerException);

    /// <summary>The path does not answer this method (405); the answer says which it answers.</summary>
    public static InvalidRequestException WrongMethod(HttpContext context, string allowed)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Allow = allowed;
            return Task.CompletedTask;
        });
        return new(StatusCodes.Status405MethodNotAllowed, $"The method here is {allowed}.");
    }

    /// <summary>The body is of a kind that is not read here (415).</summary>
    public static InvalidRequestException UnsupportedType(string reason) => new(StatusCodes.Status415UnsupportedMediaType, reason);

    /// <summary>The body is longer than is read here (413).</summary>
    public static InvalidRequestException TooLarge(long maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {maxBytes} bytes.");
}
