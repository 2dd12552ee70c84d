using Microsoft.Extensions.Primitives;
using Pipeline.Firebase.Identity.Callers;
using Pipeline.Hosting.Requests;
using Pipeline.Worker.Classification;

namespace Pipeline.Functions.Calls;

/// <summary>Classifies the picture of a request at once; nothing is stored.</summary>
public sealed partial class CallHandler
{
    private const string AppCheckHeader = "X-Firebase-AppCheck";
    private static readonly TimeSpan KeysWait = TimeSpan.FromSeconds(5);

    private readonly IImageClassifier _classifier;
    private readonly CallLimits _limits;
    private readonly AppUsers _users;
    private readonly ILogger<CallHandler> _logger;

    public CallHandler(IImageClassifier classifier, CallLimits limits, AppUsers users, ILogger<CallHandler> logger)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(logger);
        _classifier = classifier;
        _limits = limits;
        _users = users;
        _logger = logger;
    }

    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (CrossOrigin.Allow(context))
        {
            return;
        }

        CallError error;
        try
        {
            await CheckCallerAsync(context);
            var call = await ReadAsync(context);
            var classification = await ClassifyAsync(call, context.RequestAborted);
            await CallAnswer.WriteAsync(context, classification, call.IsCallable);
            return;
        }
        catch (CallException exception)
        {
            error = exception.Error;
            Log.Refused(_logger, error.StatusCode, error.Message);
        }
        catch (InvalidRequestException exception)
        {
            error = CallError.Refused(exception.StatusCode, exception.Message);
            Log.Refused(_logger, error.StatusCode, error.Message);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or BadHttpRequestException))
        {
            error = CallError.Internal;
            Log.Failed(_logger, exception);
        }

        await CallAnswer.WriteAsync(context, error);
    }

    private async Task CheckCallerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            throw new CallException(CallError.Refused(StatusCodes.Status405MethodNotAllowed, "A picture is sent by POST."));
        }

        var headers = context.Request.Headers;
        try
        {
            await _users.CheckAsync(OrNull(headers.Authorization), OrNull(headers[AppCheckHeader]), context.RequestAborted);
        }
        catch (TokenRefusedException exception)
        {
            throw new CallException(CallError.Unauthenticated(exception.Message), exception);
        }
        catch (KeysUnavailableException exception)
        {
            Log.Undecided(_logger, exception);
            throw new CallException(CallError.Unavailable("Callers cannot be verified now.", KeysWait), exception);
        }

        static string? OrNull(StringValues header) => header.Count == 0 ? null : header.ToString();
    }

    private async Task<CallRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (CallRequest.SpeaksCallable(request))
        {
            var body = await RequestBody.ReadAsync(request, _limits.MaxCallableBytes, context.RequestAborted);
            return CallableBody.Read(body.Span);
        }

        if (!CallRequest.IsPicture(request))
        {
            throw InvalidRequestException.UnsupportedType("Send a picture as image/* or application/octet-stream, or a callable's JSON.");
        }

        var image = await RequestBody.ReadAsync(request, _limits.MaxImageBytes, context.RequestAborted);
        var model = request.Query["model"].ToString();
        return new CallRequest(image, model.Length == 0 ? null : model, IsCallable: false);
    }

    private async Task<ImageClassification> ClassifyAsync(CallRequest call, CancellationToken cancellationToken)
    {
        if (call.Image.IsEmpty)
        {
            throw new CallException(CallError.InvalidArgument("The picture is empty."));
        }

        if (!await _classifier.WaitUntilReadyAsync(call.Model, cancellationToken))
        {
            throw new CallException(CallErrors.NotReady);
        }

        try
        {
            return await _classifier.ClassifyAsync(new ClassificationRequest(call.Image, call.Model, Subject: null), cancellationToken);
        }
        catch (ClassificationException exception)
        {
            throw new CallException(CallErrors.Of(exception, call.IsCallable), exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The call was answered with {StatusCode}: {Reason}")]
        public static partial void Refused(ILogger logger, int statusCode, string reason);

        [LoggerMessage(2, LogLevel.Error, "The call failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "A caller could not be verified")]
        public static partial void Undecided(ILogger logger, Exception exception);
    }
}
