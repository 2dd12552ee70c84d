using Microsoft.AspNetCore.Http;

namespace Pipeline.Embedded.Endpoint;

/// <summary>A request that is answered with an error of Cloud Storage's JSON API.</summary>
internal sealed class StorageRequestException : Exception
{
    public StorageRequestException(int status, string reason, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
        Reason = reason;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Cloud Storage's word for the cause.</summary>
    public string Reason { get; }

    public static StorageRequestException Invalid(string message) => new(StatusCodes.Status400BadRequest, "invalid", message);

    public static StorageRequestException Required(string parameter) =>
        new(StatusCodes.Status400BadRequest, "required", $"Required parameter: {parameter}");

    public static StorageRequestException NotFound(string message) => new(StatusCodes.Status404NotFound, "notFound", message);
}
