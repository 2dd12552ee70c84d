using System.IO.Compression;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>What a listener of the Firebase web SDK sees of uploads by real clients.</summary>
public sealed class ListenerTests
{
    private readonly ClientsFixture _clients;

    public ListenerTests(ClientsFixture clients)
    {
        _clients = clients;
    }

    [Fact]
    public async Task Upload_InEveryWayOfTheClients_IsSeenFromMissingToItsLabelWithoutAStepBack()
    {
        var firebase = await _clients.SharedAsync();
        var folder = Directory.CreateTempSubdirectory("pipeline-pictures-");
        try
        {
            // Larger than what the clients send in one request.
            var large = Path.Combine(folder.FullName, "cat.png");
            await File.WriteAllBytesAsync(large, Enlarged.Png("chelsea_face.png", 1, CompressionLevel.NoCompression), TestContext.Current.CancellationToken);
            var small = Path.Combine(Programs.Samples, "coffee.jpg");
            string[] ways =
            [
                "server, environment, simple", "server, environment, resumable", "server, environment, chunks",
                "server, option, simple", "server, option, resumable", "server, option, chunks",
                "web, simple", "web, resumable", "media",
            ];
            var uploads = ways.SelectMany(way => new[]
            {
                new { way, name = $"users/alice/ways/{way} small", file = small, contentType = "image/jpeg", label = "espresso" },
                new { way, name = $"users/alice/ways/{way} large", file = large, contentType = "image/png", label = "Egyptian cat" },
            }).ToArray();

            var told = await NodeScript.RunAsync("listen-then-upload.mjs", firebase.Input(("user", "alice"), ("uploads", uploads)));

            Assert.Equal(uploads.Length, told.Count);
            Assert.All(told, upload =>
            {
                var seen = new Snapshots(upload.GetProperty("seen"));
                seen.AssertNeverBack();
                Assert.Equal("classified", seen.Statuses[^1]);
                Assert.Equal(upload.GetProperty("generation").GetInt64(), Assert.Single(seen.Generations));
                var name = seen.Last.GetProperty("name").GetString();
                Assert.Equal(uploads.Single(each => each.name == name).label, seen.Last.GetProperty("label").GetString());
                Assert.Equal("alice", seen.Last.GetProperty("owner").GetString());
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
