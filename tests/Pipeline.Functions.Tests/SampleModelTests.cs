using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests;

/// <summary>The sample model and photos that come with the program, through the program's own wiring with nothing replaced.</summary>
public sealed class SampleModelTests
{
    private const double Tolerance = 0.001;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Samples_EveryDoor_GivesTheKnownTopLabel()
    {
        await using var function = await RunningFunction.StartWithModelAsync<Serve>();
        while ((await function.Client.GetAsync("/health/ready", Cancellation)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await AssertUploadAsync(function, "camera.jpg");
        await AssertUploadAsync(function, "chelsea_face.png");
        await AssertPlainAsync(function, "rocket_close.webp");
        await AssertCallableAsync(function, "coffee_orientation6.jpg");
        await AssertFailedAsync(function, "notes.jpg");
        Assert.Equal(JsonValueKind.Null, (await function.MaintainAsync("/maintain")).GetProperty("warmUpError").ValueKind);
    }

    private static async Task AssertUploadAsync(RunningFunction function, string sample)
    {
        var name = $"users/u1/{sample}";
        var generation = await function.PutAsync(name, await File.ReadAllBytesAsync(PathOf(sample), Cancellation));

        using var response = await function.SendFinalizedAsync(name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(name))!;
        var (label, score) = Expected(sample);
        Assert.Equal("classified", result["status"]);
        Assert.Equal(label, result["label"]);
        Assert.Equal(score, ((DocumentValue.DoubleValue)result["score"]).Value, Tolerance);
    }

    private static async Task AssertPlainAsync(RunningFunction function, string sample)
    {
        var content = new ByteArrayContent(await File.ReadAllBytesAsync(PathOf(sample), Cancellation));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        using var response = await function.Client.PostAsync("/classify", content, Cancellation);

        AssertLabel(sample, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    private static async Task AssertCallableAsync(RunningFunction function, string sample)
    {
        var picture = Convert.ToBase64String(await File.ReadAllBytesAsync(PathOf(sample), Cancellation));

        using var response = await function.Client.PostAsync(
            "/classify", new StringContent(JsonSerializer.Serialize(new { data = new { image = picture } }), Encoding.UTF8, "application/json"), Cancellation);

        AssertLabel(sample, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("result"));
    }

    private static async Task AssertFailedAsync(RunningFunction function, string name)
    {
        var generation = await function.PutAsync(name, "not a picture"u8.ToArray());

        using var response = await function.SendFinalizedAsync(name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(name))!;
        Assert.Equal("failed", result["status"]);
        Assert.Equal("NOT_AN_IMAGE", ((DocumentValue.MapValue)result["error"]).Fields["code"]);
    }

    private static void AssertLabel(string sample, JsonElement result)
    {
        var (label, score) = Expected(sample);
        Assert.Equal(label, result.GetProperty("label").GetString());
        Assert.Equal(score, result.GetProperty("score").GetDouble(), Tolerance);
    }

    private static (string Label, double Score) Expected(string sample)
    {
        var expected = JsonElement.Parse(File.ReadAllText(PathOf("expected.json"))).GetProperty(sample);
        return (expected.GetProperty("label").GetString()!, expected.GetProperty("score").GetDouble());
    }

    private static string PathOf(string file) => Path.Combine(SharedFolder.Checkout()!, "scripts", "samples", file);
}
