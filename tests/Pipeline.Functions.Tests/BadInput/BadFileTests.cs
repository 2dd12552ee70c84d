using System.Net;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>Files that are no pictures, or none that can be decoded, before the sample model: permanent, each with its code, none with a letter.</summary>
public sealed class BadFileTests(BadFileTests.SampleService service) : IClassFixture<BadFileTests.SampleService>
{
    private static readonly byte[] Photo = Outcome.Sample("camera.jpg");

    public static TheoryData<string, byte[], string> Files { get; } = new()
    {
        { "text.jpg", "This is a text, and it is called .jpg."u8.ToArray(), "NOT_AN_IMAGE" },
        { "empty.jpg", [], "NOT_AN_IMAGE" },
        { "page.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "UNSUPPORTED_FORMAT" },
        { "truncated.jpg", Photo[..(Photo.Length / 2)], "DAMAGED_IMAGE" },
        { "without-end.jpg", Photo[..^200], "DAMAGED_IMAGE" },
        { "header-only.jpg", Photo[..4], "DAMAGED_IMAGE" },
        { "truncated.png", Half("chelsea_face.png"), "DAMAGED_IMAGE" },
        { "truncated.webp", Half("rocket_close.webp"), "DAMAGED_IMAGE" },
        { "huge.png", BadFiles.HugePng(60_000, 60_000), "TOO_MANY_PIXELS" },
        { "long.png", BadFiles.HugePng(int.MaxValue, 1), "TOO_MANY_PIXELS" },
        { "huge.jpg", BadFiles.HugeJpeg(Photo), "TOO_MANY_PIXELS" },
        { "phone.heic", BadFiles.IsoMedia("heic"), "UNSUPPORTED_FORMAT" },
        { "phone.jpg", BadFiles.IsoMedia("heix"), "UNSUPPORTED_FORMAT" },
        { "new.avif", BadFiles.IsoMedia("avif"), "UNSUPPORTED_FORMAT" },
        { "scan.tiff", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0], "UNSUPPORTED_FORMAT" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Upload_BadFile_Is200AndFailedWithoutALetter(string file, byte[] content, string code)
    {
        var function = service.Function;
        var name = $"users/u1/{file}";
        var generation = await function.PutAsync(name, content);

        using var response = await function.SendFinalizedAsync(name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertFailedAsync(function, name, code);
        var version = await function.ResultVersionAsync(name);
        using var again = await function.SendFinalizedAsync(name, generation, "/events/storage", "event-2");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(version, await function.ResultVersionAsync(name));
        await Outcome.AssertNextIsClassifiedAsync(function, "/events/storage", file);
    }

    private static byte[] Half(string sample)
    {
        var file = Outcome.Sample(sample);
        return file[..(file.Length / 2)];
    }

    /// <summary>Everything by path, with the sample model, for all files.</summary>
    public sealed class SampleService : IAsyncLifetime
    {
        private RunningFunction? _function;

        internal RunningFunction Function => _function!;

        public async ValueTask InitializeAsync() => _function = await RunningFunction.StartWithModelAsync<Serve>();

        public async ValueTask DisposeAsync()
        {
            if (_function is not null)
            {
                await _function.DisposeAsync();
            }
        }
    }
}
