using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Engine;

/// <summary>Writes what was measured for scripts.</summary>
internal static class EngineJson
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Stream output, IReadOnlyList<NetResult> results, EngineBenchmarkOptions options) => JsonSerializer.Serialize(
        output,
        new
        {
            Machine = Machine.Describe(),
            Peer = OnnxRuntimeEngine.Version,
            options.AllowSpinning,
            BlockMs = AlternatingRounds.BlockLength.TotalMilliseconds,
            PauseMs = AlternatingRounds.Pause.TotalMilliseconds,
            Means = results.GroupBy(result => result.Threads).Select(group => new
            {
                Threads = group.Key,
                Nets = EngineReport.RatiosOfConvolutionalNets(group).Length,
                GeometricMean = GeometricMean.Of(EngineReport.RatiosOfConvolutionalNets(group)),
            }),
            Nets = results.Select(result => new
            {
                Net = result.Net.Name,
                result.Net.IsConvolutional,
                result.Threads,
                Rounds = result.Times?.Rounds,
                OursMs = result.Times?.OurMilliseconds,
                OursLeastMs = result.Times?.OurLeastMilliseconds,
                PeerMs = result.Times?.PeerMilliseconds,
                PeerLeastMs = result.Times?.PeerLeastMilliseconds,
                Ratio = result.Times?.Ratio,
                result.MultiplyAdds,
                result.OurGigaflops,
                result.ShareOfPeak,
                result.Peak,
                OurBlocks = result.Times?.Ours,
                PeerBlocks = result.Times?.Peers,
                result.Remark,
            }),
        },
        Readable);
}
