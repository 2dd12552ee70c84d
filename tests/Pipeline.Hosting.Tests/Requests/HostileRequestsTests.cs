using System.IO.Compression;
using System.Net;
using System.Text;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.Requests;

/// <summary>Bodies and requests that nobody sends by accident: each is answered with 4xx, and the next event is served.</summary>
public sealed class HostileRequestsTests
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Bodies => new()
    {
        { "levels", 400 }, { "levels in data", 400 }, { "NUL", 400 }, { "surrogate", 400 }, { "mark", 400 }, { "huge number", 400 }, { "duplicate keys", 400 },
        { "invalid UTF-8", 400 }, { "64 MB", 413 }, { "64 MB unannounced", 413 }, { "gzip", 415 }, { "random", 400 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Structured_HostileBody_IsRefusedAndTheNextEventServed(string kind, int status)
    {
        await using var host = await RunningHost.StartOnKestrelAsync<StoredObjects>();

        using var request = Request(kind);
        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        _ = await EventRequests.ReasonAsync(response);
        using var next = await host.Client.SendAsync(EventRequests.Binary(), Cancellation);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Binary_BodyOverTheEventLimit_Is413(bool isAnnounced)
    {
        await using var host = await RunningHost.StartOnKestrelAsync<EchoEvents>(settings: new() { ["Pipeline:Hosting:MaxEventBytes"] = "2000" });
        using var request = EventRequests.Binary(new string(' ', 2001), "text/plain");
        request.Headers.TransferEncodingChunked = !isAnnounced;

        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("2000", await EventRequests.ReasonAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_BodyAtTheEventLimit_IsServed()
    {
        await using var host = await RunningHost.StartOnKestrelAsync<EchoEvents>(settings: new() { ["Pipeline:Hosting:MaxEventBytes"] = "2000" });

        using var response = await host.Client.SendAsync(EventRequests.Binary(new string('x', 2000), "text/plain"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2000, Assert.IsType<string>(Assert.Single(host.Received.Events).Data).Length);
    }

    [Fact]
    public async Task Binary_UnusableProtobuf_IsRefused()
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>();
        using var request = EventRequests.Binary(contentType: "application/protobuf");
        request.Content = new ByteArrayContent([0xFF, 0xFF, 0xFF]) { Headers = { { "Content-Type", "application/protobuf" } } };

        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Binary_Protobuf_IsServed()
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>();
        using var request = EventRequests.Binary();
        request.Content = new ByteArrayContent(Convert.FromHexString("BA0103612F62CA010163D001AC02")) { Headers = { { "Content-Type", "application/protobuf" } } };

        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("a/b", Assert.IsType<StorageObjectData>(Assert.Single(host.Received.Events).Data).Name);
    }

    [Fact]
    public async Task Routes_EveryMethod_NeverFailOnTheServersSide()
    {
        string[] paths =
        [
            "/", "/events/storage", "/events/firestore", "/events/", "/call", "/health/live", "/health/ready", "/healthz", "/readyz", "/robots.txt", "/favicon.ico",
            "/%00", "/%2e%2e/%2e%2e/etc/passwd", "/events%2Fstorage", "/EVENTS/STORAGE/", "/?a=%ff", "/a/../b", "/projects/p/topics/t", "/%F0%9F%8C%B7", "/health",
        ];
        string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];
        string?[] types = [null, "application/json", "application/cloudevents+json", "text/plain"];
        await using var host = await RunningHost.StartOnKestrelAsync<ByPath>(
            services => services.AddSingleton<Microsoft.AspNetCore.Http.RequestDelegate>(_ => Task.CompletedTask));

        foreach (var path in paths)
        {
            foreach (var method in methods)
            {
                foreach (var type in types)
                {
                    using var request = EventRequests.Post(Encoding.UTF8.GetBytes("{}"), type, path);
                    request.Method = new HttpMethod(method);
                    using var response = await host.Client.SendAsync(request, Cancellation);
                    Assert.True((int)response.StatusCode < 500, $"{method} {path} ({type}): {response.StatusCode}");
                }
            }
        }
    }

    private static HttpRequestMessage Request(string kind)
    {
        const string Event = """{"specversion":"1.0","id":"1","type":"google.cloud.storage.object.v1.finalized","source":"//s","data":DATA}""";
        switch (kind)
        {
            case "levels":
                return EventRequests.Structured(new string('[', 500_000) + new string(']', 500_000));
            case "levels in data":
                return EventRequests.Structured(Event.Replace("DATA", new string('[', 500_000) + new string(']', 500_000), StringComparison.Ordinal));
            case "NUL":
                return EventRequests.Structured(Event.Replace("DATA", "{\"name\":\"a\0b\"}", StringComparison.Ordinal));
            case "surrogate":
                return EventRequests.Structured(Event.Replace("DATA", "{\"name\":\"\\ud800\"}", StringComparison.Ordinal));
            case "mark":
                return EventRequests.Structured("\uFEFF" + Event.Replace("DATA", "{}", StringComparison.Ordinal));
            case "huge number":
                return EventRequests.Structured(Event.Replace("DATA", "{\"size\":1e400}", StringComparison.Ordinal));
            case "duplicate keys":
                return EventRequests.Structured(Event.Replace("DATA", "{\"name\":\"a\",\"name\":\"b\"}", StringComparison.Ordinal));
            case "invalid UTF-8":
                return EventRequests.Post([.. "{\"specversion\":\""u8, 0xFF, .. "\"}"u8], "application/cloudevents+json");
            case "64 MB":
                return EventRequests.Post(new byte[64 * Megabyte], "application/cloudevents+json");
            case "64 MB unannounced":
                var request = EventRequests.Post(new byte[64 * Megabyte], "application/cloudevents+json");
                request.Headers.TransferEncodingChunked = true;
                return request;
            case "gzip":
                using (var bytes = new MemoryStream())
                {
                    using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        gzip.Write(new byte[100 * Megabyte]);
                    }

                    var compressed = EventRequests.Post(bytes.ToArray(), "application/cloudevents+json");
                    compressed.Content!.Headers.Add("Content-Encoding", "gzip");
                    return compressed;
                }

            case "random":
                var noise = new byte[100_000];
                new XorShift(7).Fill(noise);
                return EventRequests.Post(noise, "application/cloudevents+json");
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such body.");
        }
    }

    /// <summary>Noise that is the same in every run.</summary>
    private sealed class XorShift(ulong state)
    {
        public void Fill(Span<byte> bytes)
        {
            foreach (ref var value in bytes)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                value = (byte)state;
            }
        }
    }
}
