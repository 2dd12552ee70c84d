using System.IO.Compression;
using System.Net;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Objects with <c>Content-Encoding: gzip</c>, through the client of Cloud Storage: their length and checksum are those of the packed bytes.</summary>
public sealed class EncodedObjectTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_Packed_IsUnpackedWithinTheLimit()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        var photo = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);
        var settings = world.Settings(
            ("Storage:EmulatorHost", world.Storage.Address.Authority), ("Embedded:Folder", Path.Combine(world.Data, "elsewhere")), ("Limits:MaxBytes", $"{photo.Length}"));
        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.ClassifyUpload", settings, CancellationToken);
        var packed = Gzip(photo);

        await AssertAsync("packed.jpg", packed, null);
        await AssertAsync("said to be.jpg", photo, "DAMAGED_IMAGE");
        await AssertAsync("cut off.jpg", packed[..(packed.Length / 2)], "DAMAGED_IMAGE");
        await AssertAsync("bomb.jpg", Gzip(new byte[200_000_000]), "TOO_LARGE");
        await AssertAsync("one byte more.jpg", Gzip([.. photo, 0]), "TOO_LARGE");
        await AssertAsync("twice.jpg", Gzip(packed), "UNSUPPORTED_FORMAT");

        async Task AssertAsync(string file, byte[] content, string? code)
        {
            var name = $"users/u1/{file}";
            var generation = await world.Storage.UploadAsync(name, content, "image/jpeg", CancellationToken, "gzip");
            using var answer = await StorageEvents.PostAsync(worker, string.Empty, "finalized", "e1", name, generation, CancellationToken, "gzip");

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var result = (await world.ResultAsync(name, CancellationToken)).Fields!;
            var seen = result.GetValueOrDefault("label") ?? Assert.IsType<DocumentValue.MapValue>(result["error"]).Fields["code"];
            Assert.Equal((file, new DocumentValue.StringValue(code ?? "espresso")), (file, seen));
            Assert.Equal(code is null ? "classified" : "failed", await world.StatusAsync(name, CancellationToken));
            Assert.False((await world.LetterAsync(name, CancellationToken)).Exists);
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return result.ToArray();
    }
}
