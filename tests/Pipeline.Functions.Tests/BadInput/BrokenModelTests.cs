using System.Net;
using System.Text;
using Pipeline.Fixtures.Format;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>A model that is refused is the operator's fault, not the upload's: it costs no attempt, and uploads are classified once it is mended.</summary>
public sealed class BrokenModelTests : IDisposable
{
    private const string Name = "users/u1/a.png";

    private readonly string _model = RunningFunction.NewFolder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_model, recursive: true);

    [Theory]
    [InlineData("variables", "its files are broken")]
    [InlineData("weights", "its files are broken")]
    [InlineData("graph", "its files are broken")]
    [InlineData("operator", "it needs what is not supported")]
    [InlineData("key", "its manifest is invalid")]
    [InlineData("labels", "its label file is invalid")]
    [InlineData("folder", "was not found")]
    public async Task Upload_ModelRefused_WaitsUntilItIsMended(string what, string cause)
    {
        var good = Model();
        Mend(good);
        Spoil(what);
        await using var function = await RunningFunction.StartWithModelAsync<Serve>(Settings("1s"));
        var generation = await function.PutAsync(Name, Outcome.Sample("chelsea_face.png"));

        using var response = await function.SendFinalizedAsync(Name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertRetryingAsync(function, Name, what == "folder" ? "MODEL_NOT_FOUND" : "MODEL_INVALID", 0, TimeSpan.FromSeconds(1));
        var error = Assert.IsType<DocumentValue.MapValue>((await function.ResultAsync(Name))!["error"]).Fields;
        Assert.Contains(cause, Assert.IsType<DocumentValue.StringValue>(error["message"]).Value, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(function, "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(function, "/health/ready"));

        Mend(good);
        await Outcome.AssertHealsAsync(function, Name, 1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(function, "/health/ready"));
        await Outcome.AssertNextIsClassifiedAsync(function, "/events/storage");
    }

    [Fact]
    public async Task Upload_ModelNotMendedInTime_IsParked()
    {
        await using var function = await RunningFunction.StartWithModelAsync<ClassifyUpload>(Settings("1s", limit: "0s"));
        var generation = await function.PutAsync(Name, Outcome.Sample("chelsea_face.png"));

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertParkedAsync(function, Name, "MODEL_INVALID", 1, "CONFIGURATION_NOT_MENDED");
    }

    private static string Model()
    {
        if (SharedFolder.TryFind("fixtures/digits/saved_model", out var path))
        {
            return path;
        }

        Assert.False(SharedFolder.IsRequired, SharedFolder.Missing);
        Assert.Skip(SharedFolder.Missing);
        return path!;
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningFunction function, string path)
    {
        using var response = await function.Client.GetAsync(path, Cancellation);
        return response.StatusCode;
    }

    private Dictionary<string, string?> Settings(string delay, string limit = "24h") => new()
    {
        ["Pipeline:Models:0:Name"] = "digits",
        ["Pipeline:Models:0:Folder"] = _model,
        ["Pipeline:ModelRetryAfter"] = "1s",
        ["Pipeline:Retries:ConfigurationDelay"] = delay,
        ["Pipeline:Retries:ConfigurationLimit"] = limit,
        ["Pipeline:Hosting:LogLevel"] = "None",
    };

    private void Spoil(string what)
    {
        switch (what)
        {
            case "variables":
                Directory.Delete(Path.Combine(_model, "variables"), recursive: true);
                break;
            case "weights":
                Change(Path.Combine("variables", "variables.data-00000-of-00001"), Middle);
                break;
            case "graph":
                Change("saved_model.pb", text => text[..(text.Length / 2)]);
                break;
            case "operator":
                Change("saved_model.pb", text => text.Replace("MaxPool", "MaxPoop", StringComparison.Ordinal));
                break;
            case "key":
                Change("model.json", text => text.Replace("\"resize\"", "\"resise\"", StringComparison.Ordinal));
                break;
            case "labels":
                Change("labels.txt", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
                break;
            default:
                Directory.Delete(_model, recursive: true);
                break;
        }
    }

    private static string Middle(string bytes) => $"{bytes[..(bytes.Length / 2)]}{(char)(bytes[bytes.Length / 2] ^ 1)}{bytes[((bytes.Length / 2) + 1)..]}";

    /// <summary>New files in the places of the old ones, as a deployment puts them.</summary>
    private void Mend(string good)
    {
        if (Directory.Exists(_model))
        {
            Directory.Delete(_model, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(good, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_model, Path.GetRelativePath(good, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }
    }

    private void Change(string file, Func<string, string> change)
    {
        var path = Path.Combine(_model, file);
        File.WriteAllText(path, change(File.ReadAllText(path, Encoding.Latin1)), Encoding.Latin1);
    }
}
