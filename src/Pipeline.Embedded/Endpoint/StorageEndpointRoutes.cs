using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Embedded.Endpoint.FirebaseStorage;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Puts the storage endpoint into an application.</summary>
public static class StorageEndpointRoutes
{
    /// <summary>
    /// Routes as client libraries use them: <c>/storage/v1/b/…</c>, <c>/b/…</c> (where <c>STORAGE_EMULATOR_HOST</c> is set),
    /// <c>/upload/storage/v1/b/…</c>, the same behind <c>/resumable</c> (gcloud), <c>/download/storage/v1/b/…</c>; and <c>/v0/b/…</c> of Firebase's SDKs.
    /// There is no authentication: bind it to this machine only.
    /// </summary>
    /// <param name="access">Whose pages may use it and by which names; null for those of this machine only.</param>
    /// <exception cref="ArgumentException">The access is wrong; the message names everything.</exception>
    public static IEndpointRouteBuilder MapStorageEndpoint(
        this IEndpointRouteBuilder routes, FolderObjectWriter objects, EndpointAccessOptions? access = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(objects);
        var door = new EndpointDoor(EndpointAccessOptions.Checked(access));
        var endpoint = new StorageEndpoint(objects);
        foreach (var prefix in (string[])["/storage/v1/b", "/b", "/upload/storage/v1/b", "/resumable/upload/storage/v1/b", "/download/storage/v1/b"])
        {
            routes.Map(prefix + "/{**rest}", door.Guard(endpoint.HandleAsync));
        }

        routes.Map("/v0/{**rest}", door.Guard(new FirebaseStorageEndpoint(objects).HandleAsync));
        return routes;
    }
}
