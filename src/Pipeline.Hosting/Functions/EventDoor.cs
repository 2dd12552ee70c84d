using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pipeline.Hosting.Callers;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Hosting.Health;
using Pipeline.Hosting.Logging;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.Functions;

/// <summary>Where events come in: each is given to the function that knows its type.</summary>
internal sealed partial class EventDoor
{
    private readonly IReadOnlyList<EventInvoker> _functions;
    private readonly CloudEventReader _reader;
    private readonly HostingOptions _options;
    private readonly ILogger<EventDoor> _logger;

    public EventDoor(IReadOnlyList<EventInvoker> functions, CloudEventReader reader, HostingOptions options, ILogger<EventDoor> logger)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        _functions = functions;
        _reader = reader;
        _options = options;
        _logger = logger;
    }

    public async Task HandleAsync(HttpContext context)
    {
        await ClosedDoor.CheckAsync(context);
        var cancellationToken = context.RequestAborted;
        var incoming = await _reader.ReadAsync(context.Request, Knows, cancellationToken);
        var cloudEvent = incoming.CloudEvent;
        using var scope = _logger.BeginScope(new LogLabels { { "event_id", cloudEvent.Id! }, { "event_type", cloudEvent.Type! } });
        if (cloudEvent.Type == WarmUpEvent.Type)
        {
            await WarmUpEvent.AnswerAsync(context);
            return;
        }

        if (_functions.FirstOrDefault(candidate => candidate.Knows(cloudEvent.Type!)) is not { } function)
        {
            Log.UnknownType(_logger, cloudEvent.Type!);
            return;
        }

        var payload = await incoming.ReadPayloadAsync(_options.MaxEventBytes, cancellationToken);
        try
        {
            await function.InvokeAsync(context.RequestServices, cloudEvent, payload, cancellationToken);
        }
        catch (UnusableDataException exception)
        {
            throw InvalidRequestException.Malformed(exception.Message, exception);
        }
    }

    private bool Knows(string type) => _functions.Any(function => function.Knows(type));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An event of type {EventType} was acknowledged and ignored: this target does not know it")]
        public static partial void UnknownType(ILogger logger, string eventType);
    }
}
