using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>Events in binary mode: the attributes are headers, percent-encoded UTF-8; the body is the data.</summary>
internal static class BinaryEvent
{
    public static bool IsBinary(HttpRequest request) => request.Headers.ContainsKey(HttpUtilities.SpecVersionHttpHeader);

    /// <summary>The type that the headers name, or null where they are no event in binary mode.</summary>
    public static string? PeekType(HttpRequest request) =>
        IsBinary(request) && request.Headers["ce-type"] is [{ } type] ? type : null;

    /// <exception cref="InvalidRequestException">The headers are no event.</exception>
    public static IncomingEvent Read(HttpRequest request)
    {
        var cloudEvent = new CloudEvent(ReadVersion(request));
        foreach (var (header, values) in request.Headers)
        {
            var name = HttpUtilities.GetAttributeNameFromHeaderName(header);
            if (name is null || name == CloudEventsSpecVersion.SpecVersionAttribute.Name)
            {
                continue;
            }

            if (values is not [{ } value])
            {
                throw InvalidRequestException.Malformed($"The header '{header}' is there {values.Count} times; once is right.");
            }

            EventEnvelope.Set(cloudEvent, name, Decode(header, value));
        }

        if (!string.IsNullOrWhiteSpace(request.ContentType))
        {
            EventEnvelope.Set(cloudEvent, cloudEvent.SpecVersion.DataContentTypeAttribute.Name, request.ContentType);
        }

        EventEnvelope.CheckComplete(cloudEvent);
        return IncomingEvent.WithBody(cloudEvent, request);
    }

    private static CloudEventsSpecVersion ReadVersion(HttpRequest request)
    {
        var version = request.Headers[HttpUtilities.SpecVersionHttpHeader].ToString();
        return CloudEventsSpecVersion.FromVersionId(version)
            ?? throw InvalidRequestException.Malformed($"CloudEvents version '{version}' is not read here; 1.0 is.");
    }

    private static string Decode(string header, string value)
    {
        try
        {
            return HttpUtilities.DecodeHeaderValue(value);
        }
        catch (ArgumentException exception)
        {
            throw InvalidRequestException.Malformed($"The header '{header}' is not percent-encoded UTF-8.", exception);
        }
    }
}
