using Pipeline.Testing.Uploads;

namespace Pipeline.Benchmarks.Stores;

/// <summary>What Cloud Storage tells of a new object.</summary>
internal sealed record UploadEvent(string Id, string Name, long Generation)
{
    /// <summary>A new request with each call.</summary>
    public HttpRequestMessage CreateRequest(Uri worker) => StorageEventRequest.Create(worker, "finalized", Id, Name, Generation);
}
