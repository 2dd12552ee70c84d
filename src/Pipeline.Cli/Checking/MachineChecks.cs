using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Cli.Checking;

/// <summary>The machine: runtime, processor, memory, clock.</summary>
internal static class MachineChecks
{
    private const string QuotaFile = "/sys/fs/cgroup/cpu.max";
    private const long LeastMemory = 512L << 20;

    public static IEnumerable<Finding> Run(TimeProvider time) => [Runtime(), Instructions(), Processors(), Memory(), Clock(time)];

    private static Finding Runtime() => Environment.Version.Major >= 10
        ? Finding.Good(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}")
        : Finding.Bad(".NET", RuntimeInformation.FrameworkDescription, "Install the .NET 10 runtime.");

    private static Finding Instructions() =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? Finding.Good("instructions", "AVX-512: the fastest kernels")
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported ? Finding.Good("instructions", "AVX2 with FMA: fast kernels")
        : Finding.Note(
            "instructions",
            "neither AVX2 nor AVX-512: the portable kernels, several times slower",
            "Unset DOTNET_EnableAVX2 and DOTNET_EnableHWIntrinsic if they are 0, or use a processor with AVX2.");

    private static Finding Processors()
    {
        var count = Environment.ProcessorCount;
        var quota = Quota();
        return quota is { } share && share < 1
            ? Finding.Note(
                "processors",
                string.Create(CultureInfo.InvariantCulture, $"{count}, of which this container may use {share:0.##}"),
                "Give the container a whole processor: below one, every picture waits while it is throttled.")
            : Finding.Good("processors", quota is { } limit && limit < count ? string.Create(CultureInfo.InvariantCulture, $"{count}, limited to {limit:0.##}") : $"{count}");
    }

    /// <summary>Processors that the control group allows; null where it sets no limit.</summary>
    private static double? Quota()
    {
        try
        {
            return File.Exists(QuotaFile)
                && File.ReadAllText(QuotaFile).Split(' ') is [var quota, var period, ..]
                && double.TryParse(quota, CultureInfo.InvariantCulture, out var microseconds)
                && double.TryParse(period, CultureInfo.InvariantCulture, out var each)
                ? microseconds / each
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Finding Memory()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var text = string.Create(CultureInfo.InvariantCulture, $"{total / (double)(1 << 30):0.0} GiB for this process");
        return total >= LeastMemory
            ? Finding.Good("memory", text)
            : Finding.Note("memory", text, "Allow 512 MiB or more: the model, its working memory and a large photo must fit at once.");
    }

    private static Finding Clock(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var built = File.GetLastWriteTimeUtc(typeof(MachineChecks).Assembly.Location);
        return now < built - TimeSpan.FromDays(1)
            ? Finding.Bad("clock", $"{Operating.Texts.Time(now)}, before this program was built", "Set the clock: tokens and certificates are refused until then.")
            : Finding.Good("clock", Operating.Texts.Time(now));
    }
}
