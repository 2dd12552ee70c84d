using Pipeline.Functions.Calls;
using Pipeline.Hosting.Callers;
using Pipeline.Hosting.Functions;

namespace Pipeline.Functions;

/// <summary>Classifies a picture now: the callable protocol of Firebase, or plain image bytes. Nothing is stored.</summary>
[OpenDoor]
public sealed class Classify : IHttpFunction
{
    private readonly CallHandler _calls;

    public Classify(CallHandler calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        _calls = calls;
    }

    public Task HandleAsync(HttpContext context) => _calls.HandleAsync(context);
}
