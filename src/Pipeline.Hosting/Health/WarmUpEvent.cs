using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pipeline.Hosting.Health;

/// <summary>Events that only keep an instance warm.</summary>
public static class WarmUpEvent
{
    /// <summary>Their type.</summary>
    public const string Type = "pipeline.warmup";

    /// <summary>Warms everything that is registered, and answers 200.</summary>
    internal static async Task AnswerAsync(HttpContext context)
    {
        foreach (var warmUp in context.RequestServices.GetServices<IWarmUp>())
        {
            await warmUp.WarmAsync(context.RequestAborted);
        }
    }
}
