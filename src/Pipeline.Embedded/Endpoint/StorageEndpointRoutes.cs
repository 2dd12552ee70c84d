using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Puts the storage endpoint into an application.</summary>
public static class StorageEndpointRoutes
{
    /// <summary>
    /// Routes as client libraries use them: <c>/storage/v1/b/…</c>, <c>/b/…</c> (where <c>STORAGE_EMULATOR_HOST</c> is set),
    /// <c>/upload/storage/v1/b/…</c> and <c>/download/storage/v1/b/…</c>. There is no authentication: bind it to this machine only.
    /// </summary>
    public static IEndpointRouteBuilder MapStorageEndpoint(this IEndpointRouteBuilder routes, FolderObjectWriter objects)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(objects);
        var endpoint = new StorageEndpoint(objects);
        foreach (var prefix in (string[])["/storage/v1/b", "/b", "/upload/storage/v1/b", "/download/storage/v1/b"])
        {
            routes.Map(prefix + "/{**rest}", endpoint.HandleAsync);
        }

        return routes;
    }
}
