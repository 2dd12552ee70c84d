using System.Net;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests.BadInput;

public sealed class UnreadableObjectTests
{
    private const string Name = "users/u1/a.jpg";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private static Dictionary<string, string?> Settings => new()
    {
        ["Pipeline:Retries:FirstDelay"] = "1s",
        ["Pipeline:Retries:MaxAttempts"] = "2",
        ["Pipeline:DownloadTimeout"] = "1s",
    };

    [Fact]
    public async Task Upload_ReadStalls_IsTransientAndHeals()
    {
        await using var function = await RunningFunction.StartAsync<Serve>(Settings);
        var generation = await function.PutAsync(Name);
        function.Objects.Stalls = true;

        using var response = await function.SendFinalizedAsync(Name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertRetryingAsync(function, Name, "OBJECT_UNAVAILABLE", 1, FirstDelay);
        function.Objects.Stalls = false;
        await Outcome.AssertNextIsClassifiedAsync(function, "/events/storage");
        await Outcome.AssertHealsAsync(function, Name, 2);
    }

    [Fact]
    public async Task Upload_BytesDamagedOnTheDisk_IsTransientAndHeals()
    {
        await using var function = await RunningFunction.StartAsync<Serve>(Settings);
        var generation = await function.PutAsync(Name, Outcome.Sample("camera.jpg"));
        Flip(function.PathOf(Name));

        using var response = await function.SendFinalizedAsync(Name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertRetryingAsync(function, Name, "CHECKSUM_MISMATCH", 1, FirstDelay);
        Assert.Empty(function.Classifier.Requests);
        Flip(function.PathOf(Name));
        await Outcome.AssertHealsAsync(function, Name, 2);
        await Outcome.AssertNextIsClassifiedAsync(function, "/events/storage");
    }

    [Fact]
    public async Task Upload_NeverReadable_IsParkedAfterTheLastAttempt()
    {
        await using var function = await RunningFunction.StartAsync<Serve>(Settings);
        var generation = await function.PutAsync(Name);
        function.Objects.Failure = ObjectStoreError.Unavailable;
        (await function.SendFinalizedAsync(Name, generation, "/events/storage")).Dispose();

        await Outcome.SweepUntilAsync(function, async () => (await function.LetterAsync(Name))!["state"].Equals((DocumentValue)"parked"));

        await Outcome.AssertParkedAsync(function, Name, "OBJECT_UNAVAILABLE", 2, "ATTEMPTS_EXHAUSTED");
        function.Objects.Failure = null;
        await Outcome.AssertNextIsClassifiedAsync(function, "/events/storage");
    }

    [Fact]
    public async Task Upload_MayNotBeRead_IsAConfigurationFailureThatCostsNoAttempt()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(Settings);
        var generation = await function.PutAsync(Name);
        function.Objects.Failure = ObjectStoreError.PermissionDenied;

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertRetryingAsync(function, Name, "OBJECT_DENIED", 0, TimeSpan.FromMinutes(10));
        function.Objects.Failure = null;
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    [Fact]
    public async Task Upload_MoreBytesThanAllowed_IsPermanent()
    {
        var photo = Outcome.Sample("camera.jpg");
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(new() { ["Pipeline:Limits:MaxBytes"] = $"{photo.Length}" });
        var generation = await function.PutAsync(Name, [.. photo, 0]);

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertFailedAsync(function, Name, "TOO_LARGE");
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    /// <summary>Changes a byte, or changes it back, as a failing disk does: size and time stay as they are.</summary>
    private static void Flip(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        var bytes = File.ReadAllBytes(path);
        bytes[1000] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, written);
    }
}
