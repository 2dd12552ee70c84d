using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

/// <summary>The headers <c>x-goog-upload-…</c> of a request.</summary>
internal static class UploadHeaders
{
    /// <summary>The bytes of which clients are asked to send multiples. Pieces of other sizes are taken as well.</summary>
    public const int Granularity = 256 * 1024;

    public const string Active = "active";
    public const string Final = "final";
    public const string Cancelled = "cancelled";

    /// <summary>How the upload is sent: <c>multipart</c>, <c>resumable</c> or <c>raw</c>, in lower case.</summary>
    /// <param name="uploadType">The parameter that older SDKs send instead of the header, or null.</param>
    public static string ReadProtocol(HttpRequest request, string? uploadType)
    {
        var protocol = Text(request, "protocol") ?? uploadType;
        return protocol?.ToLowerInvariant() switch
        {
            null or "" => Text(request, "command") is null ? "raw" : "resumable",
            "media" => "raw",
            var known and ("multipart" or "resumable" or "raw") => known,
            _ => throw StorageRequestException.Invalid($"The upload's protocol is '{protocol}'; it may be multipart, resumable or raw."),
        };
    }

    /// <exception cref="StorageRequestException">There is none, or one that does not exist.</exception>
    public static UploadCommand ReadCommand(HttpRequest request)
    {
        var text = Text(request, "command") ?? throw StorageRequestException.Required("x-goog-upload-command");
        var command = UploadCommand.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            command |= word.ToLowerInvariant() switch
            {
                "start" => UploadCommand.Start,
                "upload" => UploadCommand.Upload,
                "finalize" => UploadCommand.Finalize,
                "query" => UploadCommand.Query,
                "cancel" => UploadCommand.Cancel,
                _ => throw Unknown(text),
            };
        }

        return command is UploadCommand.Start or UploadCommand.Query or UploadCommand.Cancel
            or UploadCommand.Upload or UploadCommand.Finalize or (UploadCommand.Upload | UploadCommand.Finalize)
            ? command
            : throw Unknown(text);
    }

    /// <summary>Where the piece begins.</summary>
    /// <exception cref="StorageRequestException">It is missing or no number.</exception>
    public static long ReadOffset(HttpRequest request) => Number(request, "offset") ?? throw StorageRequestException.Required("x-goog-upload-offset");

    /// <summary>How many bytes the whole object will have, or null where the sender does not say.</summary>
    /// <exception cref="StorageRequestException">It is no number.</exception>
    public static long? ReadTotal(HttpRequest request) => Number(request, "header-content-length") ?? Number(request, "content-length");

    /// <summary>The object's content type, or null.</summary>
    public static string? ReadContentType(HttpRequest request) => Text(request, "header-content-type") ?? Text(request, "content-type");

    /// <param name="received">Bytes that are there, or null where that is not known.</param>
    public static void Write(HttpResponse response, string status, long? received)
    {
        response.Headers["x-goog-upload-status"] = status;
        if (received is { } size)
        {
            response.Headers["x-goog-upload-size-received"] = size.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string? Text(HttpRequest request, string name) => request.Headers["x-goog-upload-" + name].ToString() is { Length: > 0 } text ? text : null;

    private static long? Number(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StorageRequestException.Invalid($"x-goog-upload-{name} is '{text}'; it must be a whole number of bytes.");
    }

    private static StorageRequestException Unknown(string command) => StorageRequestException.Invalid(
        $"x-goog-upload-command is '{command}'; it may be start, query, cancel, upload, finalize, or 'upload, finalize'.");
}
