using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Classification.Support;
using Pipeline.Worker.Tests.ModelStore.Support;

namespace Pipeline.Worker.Tests.Classification;

public sealed class PictureViewerTests : IAsyncLifetime
{
    private readonly ModelRegistry _models;
    private readonly PictureViewer _viewer;

    public PictureViewerTests()
    {
        _models = new ModelRegistry(
            new ModelStoreOptions { Models = [new ModelSource("stub", "/models/stub")] }, new StubLoader(new StubModel()), TimeProvider.System, NullLogger<ModelRegistry>.Instance);
        _viewer = new PictureViewer(_models, new ClassificationOptions(), TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _viewer.Dispose();
        await _models.DisposeAsync();
    }

    [Fact]
    public async Task LookAsync_Picture_ShowsWhatTheModelIsFed()
    {
        var view = await _viewer.LookAsync(null, Samples.Photo("coffee.jpg"), Cancel);

        Assert.Equal([1, 2, 3, 4, 5, 6], Decode(view).Values.ToArray());
    }

    [Fact]
    public async Task LookAsync_UnknownModel_SaysSo()
    {
        var error = await Assert.ThrowsAsync<ClassificationException>(() => _viewer.LookAsync("other", Samples.Photo("coffee.jpg"), Cancel));

        Assert.Equal(FailureCode.ModelNotFound, error.Code);
    }

    [Theory]
    [InlineData("coffee.jpg", 100, 100, 66)]
    [InlineData("coffee_orientation6.jpg", 60, 60, 40)]
    [InlineData("rocket_close.webp", 10_000, 0, 0)]
    public async Task ShrinkAsync_Picture_IsUprightAndKeepsItsAspect(string file, int side, int width, int height)
    {
        var content = Samples.Photo(file);

        var shrunk = Decode(await _viewer.ShrinkAsync(content, side, Cancel));

        Assert.InRange(Math.Max(shrunk.Width, shrunk.Height), 1, side);
        if (width > 0)
        {
            Assert.Equal((width, height), (shrunk.Width, shrunk.Height));
        }
        else
        {
            Assert.Equal(Decode(content).Values.ToArray(), shrunk.Values.ToArray());
        }
    }

    [Fact]
    public async Task ShrinkAsync_TruncatedPicture_ShowsWhatThereIs()
    {
        var shrunk = Decode(await _viewer.ShrinkAsync(Samples.Photo("china.jpg").AsMemory(0, 9000), 64, Cancel));

        Assert.Equal(64, shrunk.Width);
    }

    [Fact]
    public async Task ShrinkAsync_NoPicture_SaysWhatItIs()
    {
        var error = await Assert.ThrowsAsync<ClassificationException>(() => _viewer.ShrinkAsync("text"u8.ToArray(), 64, Cancel));

        Assert.Equal(FailureCode.NotAnImage, error.Code);
    }

    [Fact]
    public void FindMediaType_Content_GoesByTheBytes()
    {
        Assert.Equal("image/jpeg", _viewer.FindMediaType(Samples.Photo("coffee.jpg")));
        Assert.Equal("image/webp", _viewer.FindMediaType(Samples.Photo("rocket_close.webp")));
        Assert.Null(_viewer.FindMediaType("<html><script>"u8.ToArray()));
        Assert.Null(_viewer.FindMediaType(ReadOnlyMemory<byte>.Empty));
    }

    private static PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file) =>
        new ImageDecoder(TimeProvider.System).Decode(file, DecodeLimits.Default, DecodeOptions.Default, Cancel);
}
