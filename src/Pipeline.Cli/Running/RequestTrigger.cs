using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Delivery;
using Pipeline.Firebase.Firestore;
using Pipeline.Hosting.CloudEvents;

namespace Pipeline.Cli.Running;

/// <summary>
/// The platform's trigger for requests to classify again, on this machine: what comes to be in <c>classificationRequests</c> of the emulator is
/// posted to the worker as the platform posts it, at least once and in no promised order. Nothing records what was posted, so a start posts again
/// what is there, as far back as the platform would; the worker knows a request by its id.
/// </summary>
internal sealed partial class RequestTrigger : BackgroundService
{
    private const string Collection = "classificationRequests";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly EmulatorCollection _requests;
    private readonly FirestoreOptions _firestore;
    private readonly EventDeliveryOptions _delivery;
    private readonly EventPost _post;
    private readonly TimeProvider _time;
    private readonly ILogger<RequestTrigger> _logger;
    private readonly SemaphoreSlim _room;
    private bool _isReached = true;

    /// <param name="firestore">That of an emulator.</param>
    /// <param name="delivery">The worker's address for events of Firestore, and how often it is tried.</param>
    public RequestTrigger(FirestoreOptions firestore, EventDeliveryOptions delivery, HttpClient http, TimeProvider time, ILogger<RequestTrigger> logger)
    {
        _requests = new EmulatorCollection(firestore, Collection, http);
        _firestore = firestore;
        _delivery = delivery;
        _post = new EventPost(http, delivery, time);
        _time = time;
        _logger = logger;
        _room = new SemaphoreSlim(delivery.MaxInFlight);
    }

    public override void Dispose()
    {
        base.Dispose();
        _room.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underWay = new List<Task>();
        try
        {
            while (true)
            {
                underWay.RemoveAll(task => task.IsCompleted);
                underWay.AddRange((await FindNewAsync(stoppingToken)).Select(document => DeliverAsync(document, stoppingToken)));
                await Task.Delay(Interval, _time, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task<IReadOnlyList<CreatedDocument>> FindNewAsync(CancellationToken stopping)
    {
        try
        {
            var found = await _requests.FindNewAsync(stopping);
            _isReached = true;
            return [.. found.Where(document => _time.GetUtcNow() - document.CreateTime < _delivery.Retention)];
        }
        catch (HttpRequestException exception)
        {
            if (_isReached)
            {
                Log.NotReached(_logger, exception.Message);
            }

            _isReached = false;
            return [];
        }
    }

    private async Task DeliverAsync(CreatedDocument document, CancellationToken stopping)
    {
        try
        {
            var data = DocumentEvents.CreatedData(document.Json.Span);
            for (var attempts = 0; await PostAsync(document, data, stopping) is { } error; attempts++)
            {
                var wait = _post.Backoff(attempts);
                if (_time.GetUtcNow() + wait - document.CreateTime > _delivery.Retention)
                {
                    Log.GivenUp(_logger, document.Id, attempts + 1, error);
                    return;
                }

                Log.Failed(_logger, document.Id, attempts + 1, wait, error);
                await Task.Delay(wait, _time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start delivers it.
        }
        catch (ArgumentException exception)
        {
            Log.NotSent(_logger, document.Id, exception.Message);
        }
    }

    /// <returns>Null where it was acknowledged, else why not.</returns>
    private async Task<string?> PostAsync(CreatedDocument document, byte[] data, CancellationToken stopping)
    {
        await _room.WaitAsync(stopping);
        try
        {
            using var request = Request(document, data);
            return await _post.SendAsync(request, stopping);
        }
        finally
        {
            _room.Release();
        }
    }

    private HttpRequestMessage Request(CreatedDocument document, byte[] data)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _delivery.Target) { Content = new ByteArrayContent(data) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(DocumentEvents.ContentType);
        foreach (var (attribute, value) in Attributes(document))
        {
            CloudEventHeaders.Add(request, attribute, value);
        }

        return request;
    }

    private IEnumerable<(string Attribute, string Value)> Attributes(CreatedDocument document)
    {
        var time = CloudEventHeaders.Time(document.CreateTime);
        yield return ("specversion", "1.0");

        // The same at each delivery, of this start and of others.
        yield return ("id", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{document.Name}@{time}")))[..32]);
        yield return ("type", DocumentEvents.Created);
        yield return ("source", $"//firestore.googleapis.com/projects/{_firestore.Project}/databases/{_firestore.Database}");
        yield return ("subject", $"documents/{Collection}/{document.Id}");
        yield return ("time", time);
        yield return ("project", _firestore.Project);
        yield return ("database", _firestore.Database);
        yield return ("namespace", FirestoreOptions.DefaultDatabase);
        yield return ("document", $"{Collection}/{document.Id}");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Requests to classify again are not seen until the emulator answers: {Reason}")]
        public static partial void NotReached(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Request {RequestId} was delivered {Attempts} times in vain and is delivered again in {Wait}: {Reason}")]
        public static partial void Failed(ILogger logger, string requestId, int attempts, TimeSpan wait, string reason);

        [LoggerMessage(3, LogLevel.Error, "Request {RequestId} was given up after {Attempts} deliveries: {Reason}")]
        public static partial void GivenUp(ILogger logger, string requestId, int attempts, string reason);

        [LoggerMessage(4, LogLevel.Error, "Request {RequestId} is not delivered: {Reason}")]
        public static partial void NotSent(ILogger logger, string requestId, string reason);
    }
}
