using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.Functions;

/// <summary>Gives a target its paths: all of them, or those that its routes say.</summary>
internal static class FunctionEndpoints
{
    private const string EveryPath = "/{**path}";

    /// <summary>Makes the functions of a target anew for each request, and disposes of them after it.</summary>
    public static void AddFunctions(IServiceCollection services, Type target)
    {
        foreach (var function in FunctionTargets.IsRoutes(target) ? RoutesOf(target).Functions.Values.SelectMany(functions => functions) : [target])
        {
            services.TryAddScoped(function);
        }
    }

    public static void Map(IEndpointRouteBuilder endpoints, Type target)
    {
        var services = endpoints.ServiceProvider;
        if (!FunctionTargets.IsRoutes(target))
        {
            endpoints.MapFallback(EveryPath, Door(services, [target]));
            return;
        }

        foreach (var (path, functions) in RoutesOf(target).Functions)
        {
            endpoints.Map(path.Value!, Door(services, functions));
        }

        endpoints.MapFallback(EveryPath, context => ErrorAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "There is nothing at this path."));
    }

    private static FunctionRoutes RoutesOf(Type target)
    {
        var routes = new FunctionRoutes();
        ((IFunctionRoutes)Activator.CreateInstance(target)!).Map(routes);
        return routes;
    }

    private static RequestDelegate Door(IServiceProvider services, IReadOnlyList<Type> functions)
    {
        if (functions is [var single] && FunctionTargets.IsHttp(single))
        {
            return new HttpDoor(single).HandleAsync;
        }

        var invokers = functions.Select(function => EventInvoker.For(function)
            ?? throw new InvalidOperationException($"{function} cannot share a path: it is no function for events.")).ToList();
        return new EventDoor(
            [.. invokers.OrderByDescending(invoker => invoker.IsSelective)],
            services.GetRequiredService<CloudEventReader>(),
            services.GetRequiredService<HostingOptions>(),
            services.GetRequiredService<ILogger<EventDoor>>()).HandleAsync;
    }
}
