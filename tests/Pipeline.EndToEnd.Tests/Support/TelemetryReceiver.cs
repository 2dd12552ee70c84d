using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Takes metrics and traces by OTLP over HTTP, and reads of them what tests ask.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<byte[]> _traces = new();
    private readonly ConcurrentQueue<byte[]> _metrics = new();

    private TelemetryReceiver(WebApplication application, int port)
    {
        _application = application;
        Address = $"http://127.0.0.1:{port}";
        application.MapPost("/v1/traces", context => KeepAsync(context, _traces));
        application.MapPost("/v1/metrics", context => KeepAsync(context, _metrics));
    }

    public string Address { get; }

    /// <summary>Everything that was sent of metrics, as bytes in which names can be looked for.</summary>
    public string Metrics => string.Concat(_metrics.Select(Encoding.Latin1.GetString));

    /// <summary>ExportTraceServiceRequest.resource_spans.scope_spans.spans.</summary>
    public IReadOnlyList<ReceivedSpan> Spans =>
        [.. _traces.SelectMany(request => Messages(request, 1)).SelectMany(resource => Messages(resource, 2)).SelectMany(scope => Messages(scope, 2)).Select(Span)];

    public static async Task<TelemetryReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var port = FreePorts.Next();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var application = builder.Build();
        application.UseRouting();
        var receiver = new TelemetryReceiver(application, port);
        await application.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> place)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        place.Enqueue(body.ToArray());
    }

    private static ReceivedSpan Span(byte[] span) => new(
        Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Messages(span, 5).Single()));

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).SingleOrDefault() ?? []);

    /// <summary>The length-delimited values of one field of a protobuf message.</summary>
    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var position = 0;
        while (position < message.Length)
        {
            var tag = Varint(message, ref position);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref position);
                    break;
                case 1:
                    position += 8;
                    break;
                case 5:
                    position += 4;
                    break;
                default:
                    var length = (int)Varint(message, ref position);
                    if (tag >> 3 == (ulong)field)
                    {
                        found.Add(message[position..(position + length)]);
                    }

                    position += length;
                    break;
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int position)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
