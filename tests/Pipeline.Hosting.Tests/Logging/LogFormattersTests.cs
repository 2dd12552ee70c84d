using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Hosting.Logging;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.Logging;

public sealed partial class LogFormattersTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Theory]
    [InlineData(LogLevel.Trace, "DEBUG")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARNING")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "CRITICAL")]
    public void Json_Level_IsASeverity(LogLevel level, string severity) =>
        Assert.Equal(severity, Json(logger => Log.Hello(logger, level, null)).GetProperty("severity").GetString());

    [Fact]
    public void Json_Values_KeepTheirTypes()
    {
        var entry = Json(logger => Log.Measured(logger, "a.jpg", 12, 0.25, true, null));

        Assert.Equal("Image a.jpg took 12 ms, score 0.25, cold True, model (null)", entry.GetProperty("message").GetString());
        Assert.Equal("2026-01-02T03:04:05.000000Z", entry.GetProperty("time").GetString());
        Assert.Equal("""{"Name":"a.jpg","Milliseconds":12,"Score":0.25,"IsCold":true,"Model":null}""", entry.GetProperty("values").GetRawText());
    }

    [Fact]
    public void Json_NotANumber_IsText() =>
        Assert.Equal("NaN", Json(logger => Log.Measured(logger, "a", 1, double.NaN, true, null)).GetProperty("values").GetProperty("Score").GetString());

    [Fact]
    public void Json_LongValue_IsShortened()
    {
        var entry = Json(logger => Log.Measured(logger, new string('x', 255) + "\U0001F337" + new string('y', 1000), 12, 0.25, true, null));

        var name = entry.GetProperty("values").GetProperty("Name").GetString()!;
        Assert.Equal(new string('x', 255) + "…", name);
        Assert.Equal($"Image {name} took 12 ms, score 0.25, cold True, model ", entry.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("a\r\nSEVERITY: forged")]
    [InlineData("\u001b[31mred")]
    [InlineData("\u2028\u2029")]
    [InlineData("\u202Egpj.exe")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    public void Text_OfStrangers_NeverBreaksALine(string name)
    {
        var json = Entry(new CloudLoggingFormatter(Time, new ProjectId(new HostingOptions())), logger => Log.Measured(logger, name, 1, 1, true, null));
        var readable = Entry(new ReadableFormatter(Time), logger => Log.Measured(logger, name, 1, 1, true, null));

        Assert.Equal(json.Length - 1, json.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(readable.Length - 1, readable.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', json);
        Assert.DoesNotContain('\u001b', readable);
        Assert.DoesNotContain('\r', readable);
        Assert.DoesNotContain('\u202E', readable);
        _ = JsonElement.Parse(json);
    }

    [Theory]
    [InlineData(LogLevel.Error, true)]
    [InlineData(LogLevel.Critical, true)]
    [InlineData(LogLevel.Warning, false)]
    [InlineData(LogLevel.Information, false)]
    public void Exception_Stack_IsForErrorsOnly(LogLevel level, bool hasStack)
    {
        var exception = Assert.Throws<InvalidOperationException>(Fail);

        var json = Json(logger => Log.Hello(logger, level, exception)).GetProperty("exception").GetString()!;
        var readable = Entry(new ReadableFormatter(Time), logger => Log.Hello(logger, level, exception));

        Assert.Contains("why {0} {Name}", json, StringComparison.Ordinal);
        Assert.Contains("why {0} {Name}", readable, StringComparison.Ordinal);
        Assert.Equal(hasStack, json.Contains("   at ", StringComparison.Ordinal));
        Assert.Equal(hasStack, readable.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_Scopes_BecomeLabelsAndTrace()
    {
        var entry = Json(
            logger =>
            {
                using var request = logger.BeginScope(new RequestScope("abc", new TraceContext("0af7651916cd43dd8448eb211c80319c", "00000000000000ff", true)));
                using var outer = logger.BeginScope(new LogLabels { { "object", "outer" }, { "event_id", "7" } });
                using var inner = logger.BeginScope(new LogLabels { { "object", new string('n', 300) } });
                Log.Hello(logger, LogLevel.Information, null);
            },
            new HostingOptions { ProjectId = "some-project" });

        Assert.Equal("projects/some-project/traces/0af7651916cd43dd8448eb211c80319c", entry.GetProperty("logging.googleapis.com/trace").GetString());
        Assert.Equal("00000000000000ff", entry.GetProperty("logging.googleapis.com/spanId").GetString());
        Assert.True(entry.GetProperty("logging.googleapis.com/trace_sampled").GetBoolean());
        var labels = entry.GetProperty("logging.googleapis.com/labels");
        Assert.Equal("abc", labels.GetProperty("execution_id").GetString());
        Assert.Equal("7", labels.GetProperty("event_id").GetString());
        Assert.Equal(256, labels.GetProperty("object").GetString()!.Length);
    }

    [Fact]
    public void Json_NoProject_HasNoTrace()
    {
        var entry = Json(logger =>
        {
            using var request = logger.BeginScope(new RequestScope("abc", new TraceContext("0af7651916cd43dd8448eb211c80319c", null, null)));
            Log.Hello(logger, LogLevel.Information, null);
        });

        Assert.False(entry.TryGetProperty("logging.googleapis.com/trace", out _));
    }

    [Theory]
    [InlineData("105445aa7843bc8bf206b12000100000/1;o=1", null, "105445aa7843bc8bf206b12000100000", "0000000000000001", true)]
    [InlineData("105445aa7843bc8bf206b12000100000/18446744073709551615;o=0", null, "105445aa7843bc8bf206b12000100000", "ffffffffffffffff", false)]
    [InlineData("105445AA7843BC8BF206B12000100000/255", null, "105445aa7843bc8bf206b12000100000", "00000000000000ff", null)]
    [InlineData("105445aa7843bc8bf206b12000100000", null, "105445aa7843bc8bf206b12000100000", null, null)]
    [InlineData("105445aa7843bc8bf206b12000100000/0;o=1", null, "105445aa7843bc8bf206b12000100000", null, true)]
    [InlineData("105445aa7843bc8bf206b12000100000/1;o=1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "105445aa7843bc8bf206b12000100000", "0000000000000001", true)]
    [InlineData(null, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true)]
    [InlineData("garbage", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", false)]
    public void TraceContext_Headers_AreRead(string? cloud, string? parent, string traceId, string? spanId, bool? isSampled) =>
        Assert.Equal(new TraceContext(traceId, spanId, isSampled), TraceContext.Read(Headers(cloud, parent)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("00000000000000000000000000000000/1;o=1", null)]
    [InlineData("105445aa7843bc8bf206b1200010000/1", null)]
    [InlineData("105445aa7843bc8bf206b12000100000/ff", null)]
    [InlineData("105445aa7843bc8bf206b12000100000/18446744073709551616", null)]
    [InlineData("105445aa7843bc8bf206b12000100000x/1", null)]
    [InlineData("105445aa7843bc8bf206b1200010000g/1", null)]
    [InlineData(null, "00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData(null, "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData(null, "hello")]
    public void TraceContext_NoUsableHeader_IsNull(string? cloud, string? parent) => Assert.Null(TraceContext.Read(Headers(cloud, parent)));

    [Fact]
    public async Task Request_Entries_CarryTraceAndEventAndNoToken()
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>();
        using var request = EventRequests.Binary("{", path: "/?token=topsecret", change: headers =>
        {
            headers.Add("Authorization", "Bearer topsecret");
            headers.Add("X-Cloud-Trace-Context", "105445aa7843bc8bf206b12000100000/255;o=1");
            headers.Add("Function-Execution-Id", "exec-1");
        });

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.NotEmpty(host.Logs.Entries);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Contains("topsecret", StringComparison.Ordinal));
        var refusal = Assert.Single(host.Logs.Entries, entry => entry.Contains("refused", StringComparison.Ordinal));
        Assert.Contains("\"logging.googleapis.com/trace\":\"projects/some-project/traces/105445aa7843bc8bf206b12000100000\"", refusal, StringComparison.Ordinal);
        Assert.Contains("\"execution_id\":\"exec-1\"", refusal, StringComparison.Ordinal);
    }

    private static void Fail() => throw new InvalidOperationException("why {0} {Name}");

    private static HeaderDictionary Headers(string? cloud, string? parent)
    {
        var headers = new HeaderDictionary();
        headers["X-Cloud-Trace-Context"] = cloud;
        headers["traceparent"] = parent;
        return headers;
    }

    private static JsonElement Json(Action<ILogger> log, HostingOptions? options = null)
    {
        var line = Entry(new CloudLoggingFormatter(Time, new ProjectId(options ?? new HostingOptions())), log);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        return JsonElement.Parse(line);
    }

    private static string Entry(Microsoft.Extensions.Logging.Console.ConsoleFormatter formatter, Action<ILogger> log)
    {
        using var logs = new CollectedLogs(formatter);
        using var factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        log(factory.CreateLogger("test"));
        return Assert.Single(logs.Entries);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Image {Name} took {Milliseconds:0} ms, score {Score}, cold {IsCold}, model {Model}")]
        public static partial void Measured(ILogger logger, string name, int milliseconds, double score, bool isCold, string? model);

        [LoggerMessage(EventId = 2, Message = "hello")]
        public static partial void Hello(ILogger logger, LogLevel level, Exception? exception);
    }
}
