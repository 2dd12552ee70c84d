using System.Globalization;
using System.Runtime.InteropServices;
using Pipeline.Inference.Measuring;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>Where figures come from.</summary>
internal static class Machine
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>One line: processor, runtime, and how busy the machine was in the last minute.</summary>
    public static string Describe()
    {
        var load = File.Exists(LoadFile) ? $", load {File.ReadAllText(LoadFile).Split(' ')[0]}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{Processor.Current}; {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}{load}");
    }
}
