using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary><c>@google-cloud/storage</c> on the local endpoint, in both ways of pointing it there.</summary>
public sealed class NodeStorageTests : IClassFixture<EndpointRun>
{
    private readonly LocalRunProcess _run;

    public NodeStorageTests(EndpointRun endpoint)
    {
        _run = endpoint.Run;
    }

    [Theory]
    [InlineData("endpoint")]
    [InlineData("emulator")]
    public async Task EveryOperation_OfAServersClient_Works(string mode)
    {
        var variables = new Dictionary<string, string?>
        {
            ["STORAGE_EMULATOR_HOST"] = mode == "emulator" ? _run.Storage.AbsoluteUri.TrimEnd('/') : null,
        };

        var told = await NodeScript.RunAsync(
            "storage-client.mjs", new { mode, bucket = LocalRunProcess.Bucket, storagePort = _run.Storage.Port }, variables);

        Assert.Equal(
            ["saves", "conditions", "ranges", "describes", "copies", "lists", "deletes"], told.Select(static line => line.GetProperty("done").GetString()));
    }
}
