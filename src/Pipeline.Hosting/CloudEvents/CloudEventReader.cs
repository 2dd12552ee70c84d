using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.CloudEvents.Legacy;
using Pipeline.Hosting.Health;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>Tells the shapes of incoming events apart and reads their envelopes.</summary>
internal sealed class CloudEventReader
{
    private const string StructuredPrefix = "application/cloudevents";
    private const string BatchPrefix = "application/cloudevents-batch";

    private readonly HostingOptions _options;

    public CloudEventReader(HostingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The event of a request.</summary>
    /// <param name="knows">
    /// Which types of events are for whoever asks. A push without a wrapper may carry a whole event: one that is for him is read as that event, any
    /// other is a message to whoever knows messages.
    /// </param>
    /// <exception cref="InvalidRequestException">The request is no event that is read here; the status and the message say why.</exception>
    public async Task<IncomingEvent> ReadAsync(HttpRequest request, Func<string, bool> knows, CancellationToken cancellationToken)
    {
        var isTyped = MediaType.TryParse(request.ContentType, out var mediaType);
        var isPush = UnwrappedPush.IsPush(request);
        var isForMessages = isPush && knows(LegacyEventTypes.MessagePublished);
        var isBinary = BinaryEvent.IsBinary(request) && !(isForMessages && IsForeign(BinaryEvent.PeekType(request), knows));
        var isStructured = !isForMessages && mediaType.Name.StartsWith(StructuredPrefix, StringComparison.Ordinal);
        CheckMethod(request, isBinary || isStructured);
        if (isBinary)
        {
            return BinaryEvent.Read(request);
        }

        if (isPush && !isStructured)
        {
            return LegacyEventReader.ReadUnwrapped(request, (await RequestBody.ReadAsync(request, _options.MaxEventBytes, cancellationToken)).Span);
        }

        if (!isTyped)
        {
            throw InvalidRequestException.UnsupportedType("The Content-Type header is no media type.");
        }

        if (mediaType.Name.StartsWith(BatchPrefix, StringComparison.Ordinal))
        {
            throw InvalidRequestException.UnsupportedType("Batches of events are not read here: send each event by itself.");
        }

        if (!isStructured && mediaType.Name != "application/json")
        {
            throw NoEvent(request, mediaType);
        }

        if (isStructured && mediaType.Name != StructuredEvent.MediaTypeName)
        {
            throw InvalidRequestException.UnsupportedType($"Structured events are read as {StructuredEvent.MediaTypeName} only, not as {mediaType.Name}.");
        }

        if (!mediaType.IsUtf8)
        {
            throw InvalidRequestException.UnsupportedType($"The charset must be utf-8, not {mediaType.Charset}.");
        }

        var body = await RequestBody.ReadAsync(request, _options.MaxEventBytes, cancellationToken);
        try
        {
            var json = StrictJson.Parse(body.Span);
            return isStructured ? StructuredEvent.Read(json) : LegacyEventReader.Read(json, request.Path);
        }
        catch (InvalidJsonException exception)
        {
            throw InvalidRequestException.Malformed(exception.Message, exception);
        }
    }

    private static bool IsForeign(string? type, Func<string, bool> knows) => type != WarmUpEvent.Type && (type is null || !knows(type));

    private static void CheckMethod(HttpRequest request, bool isCloudEvent)
    {
        var method = request.Method;
        if (HttpMethods.IsPost(method) || (isCloudEvent && (HttpMethods.IsPut(method) || HttpMethods.IsGet(method))))
        {
            return;
        }

        throw InvalidRequestException.WrongMethod(request.HttpContext, HttpMethods.Post);
    }

    private static InvalidRequestException NoEvent(HttpRequest request, MediaType mediaType)
    {
        const string Expected = "Expected a CloudEvent: ce-* headers with ce-specversion, or a body of type application/cloudevents+json.";
        if (!mediaType.IsMissing)
        {
            return InvalidRequestException.UnsupportedType($"{Expected} The body's type is {mediaType.Name}.");
        }

        return request.ContentLength is null or 0
            ? InvalidRequestException.Malformed(Expected)
            : InvalidRequestException.UnsupportedType($"{Expected} The body has no Content-Type.");
    }
}
