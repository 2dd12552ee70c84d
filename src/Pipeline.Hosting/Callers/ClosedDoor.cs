using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pipeline.Hosting.Callers;

/// <summary>A door that asks who calls.</summary>
internal static class ClosedDoor
{
    /// <inheritdoc cref="ICallerGate.CheckAsync"/>
    public static ValueTask CheckAsync(HttpContext context) =>
        context.RequestServices.GetService<ICallerGate>() is { } gate ? gate.CheckAsync(context) : ValueTask.CompletedTask;
}
