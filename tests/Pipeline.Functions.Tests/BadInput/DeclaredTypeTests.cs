using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>What the uploader says of its bytes: a filter before the download, and never more than that.</summary>
public sealed class DeclaredTypeTests(BadFileTests.SampleService service) : IClassFixture<BadFileTests.SampleService>
{
    private const string Finalized = "google.cloud.storage.object.v1.finalized";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/octet-stream")]
    [InlineData("image/png")]
    [InlineData("image/no-such-format")]
    [InlineData("image/")]
    [InlineData("IMAGE/JPEG")]
    [InlineData("image/jpeg; charset=binary")]
    public async Task Upload_PhotoOfATypeThatMayBeOne_IsClassifiedByItsBytes(string? type)
    {
        var name = $"users/u1/may {type?.Replace('/', '-')}.jpg";
        var generation = await service.Function.PutAsync(name, Outcome.Sample("camera.jpg"));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(name, generation, type));

        var result = (await service.Function.ResultAsync(name))!;
        Assert.Equal("classified", result["status"]);
        Assert.Equal("jpeg", Assert.IsType<Worker.Documents.DocumentValue.MapValue>(result["image"]).Fields["format"]);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("video/mp4")]
    [InlineData("image")]
    [InlineData("/jpeg")]
    [InlineData("imagejpeg")]
    [InlineData("application/image/jpeg")]
    [InlineData("no type at all")]
    public async Task Upload_PhotoOfAnotherType_IsFailedSoThatNobodyWaits(string type)
    {
        var name = $"users/u1/not {type.Replace('/', '-')}.jpg";
        var generation = await service.Function.PutAsync(name, Outcome.Sample("camera.jpg"));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(name, generation, type));

        await Outcome.AssertFailedAsync(service.Function, name, "TYPE_NOT_ALLOWED");
    }

    [Theory]
    [InlineData("identity", null)]
    [InlineData("gzip", "DAMAGED_IMAGE")]
    [InlineData("br", "ENCODING_NOT_SUPPORTED")]
    [InlineData("gzip, gzip", "ENCODING_NOT_SUPPORTED")]
    public async Task Upload_PhotoThatIsSaidToBeEncoded_IsClassifiedOrFailed(string encoding, string? code)
    {
        var name = $"users/u1/encoded {encoding}.jpg";
        var generation = await service.Function.PutAsync(name, Outcome.Sample("camera.jpg"));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(name, generation, "image/jpeg", encoding));

        if (code is null)
        {
            Assert.Equal("classified", (await service.Function.ResultAsync(name))!["status"]);
        }
        else
        {
            await Outcome.AssertFailedAsync(service.Function, name, code);
        }
    }

    private async Task<HttpStatusCode> SendAsync(string name, long generation, string? type, string? encoding = null)
    {
        var data = JsonSerializer.Serialize(new { bucket = RunningFunction.Bucket, name, generation = $"{generation}", contentType = type ?? string.Empty, contentEncoding = encoding ?? string.Empty });
        if (type is null)
        {
            data = data.Replace(",\"contentType\":\"\"", string.Empty, StringComparison.Ordinal);
        }

        using var response = await service.Function.SendEventAsync(Finalized, Encoding.UTF8.GetBytes(data), "/events/storage", "event-1");
        return response.StatusCode;
    }
}
