using Microsoft.AspNetCore.Http;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Answers with JSON.</summary>
internal static class JsonResponse
{
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, cancellationToken).ConfigureAwait(false);
    }
}
