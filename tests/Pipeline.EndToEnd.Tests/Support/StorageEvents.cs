using Pipeline.Testing.Uploads;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Posts storage events to a worker.</summary>
internal static class StorageEvents
{
    /// <param name="path">Of the worker's URL.</param>
    /// <inheritdoc cref="StorageEventRequest.Create"/>
    public static async Task<HttpResponseMessage> PostAsync(
        ServiceProcess service, string path, string kind, string id, string name, long generation, CancellationToken cancellationToken, string contentEncoding = "")
    {
        using var request = StorageEventRequest.Create(new Uri(service.Address, path), kind, id, name, generation, contentEncoding);
        return await service.Http.SendAsync(request, cancellationToken);
    }
}
