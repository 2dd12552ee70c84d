using Microsoft.AspNetCore.Http;

namespace Pipeline.Embedded.Page;

/// <summary>A request of the page that is answered with an error.</summary>
internal sealed class PageRequestException : Exception
{
    public PageRequestException(int status, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    public static PageRequestException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    public static PageRequestException Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    public static PageRequestException NotFound(string message, Exception? innerException = null) =>
        new(StatusCodes.Status404NotFound, message, innerException);
}
