using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Hosting.Health;

namespace Pipeline.Hosting.Functions;

/// <summary>Where requests for one function come in that answers them itself.</summary>
internal sealed class HttpDoor
{
    private readonly Type _function;

    public HttpDoor(Type function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    public Task HandleAsync(HttpContext context) =>
        BinaryEvent.PeekType(context.Request) == WarmUpEvent.Type
            ? WarmUpEvent.AnswerAsync(context)
            : ((IHttpFunction)context.RequestServices.GetRequiredService(_function)).HandleAsync(context);
}
