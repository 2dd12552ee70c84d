using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Callers;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Hosting.Health;

namespace Pipeline.Hosting.Functions;

/// <summary>Where requests for one function come in that answers them itself.</summary>
internal sealed class HttpDoor
{
    private readonly Type _function;
    private readonly bool _isOpen;

    public HttpDoor(Type function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _isOpen = function.IsDefined(typeof(OpenDoorAttribute), inherit: false);
    }

    public async Task HandleAsync(HttpContext context)
    {
        // A warm-up costs an inference: it is for those who may fire events, even where anybody may call.
        var isWarmUp = BinaryEvent.PeekType(context.Request) == WarmUpEvent.Type;
        if (isWarmUp || !_isOpen)
        {
            await ClosedDoor.CheckAsync(context);
        }

        await (isWarmUp ? WarmUpEvent.AnswerAsync(context) : ((IHttpFunction)context.RequestServices.GetRequiredService(_function)).HandleAsync(context));
    }
}
