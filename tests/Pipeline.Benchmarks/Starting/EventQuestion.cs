using System.Globalization;
using Pipeline.Benchmarks.Stores;
using Pipeline.Testing.Uploads;

namespace Pipeline.Benchmarks.Starting;

/// <summary>Posts the event of an object that no program has seen before: its answer comes after the result stands in its document.</summary>
internal sealed class EventQuestion : StartQuestion
{
    private readonly StorageHost _objects;
    private readonly byte[] _picture;
    private UploadEvent? _event;
    private int _count;

    public EventQuestion(StorageHost objects, byte[] picture)
    {
        _objects = objects;
        _picture = picture;
    }

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"users/start/{_count++}.jpg");
        _event = new UploadEvent(name, name, await _objects.UploadAsync(name, _picture, "image/jpeg", cancellationToken));
    }

    public override HttpRequestMessage Create(Uri program) =>
        _event?.CreateRequest(program) ?? throw new InvalidOperationException("There is no object yet; it must be prepared first.");
}
