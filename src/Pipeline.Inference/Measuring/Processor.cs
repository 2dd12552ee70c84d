using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Measuring;

/// <summary>The processor as this process sees it; figures mean nothing without it.</summary>
/// <param name="Name">As the system calls it, or the architecture.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="InstructionSets">Those for vectors that the runtime uses: switched off by the environment counts as absent.</param>
/// <param name="VectorBits">The widest vectors that are accelerated.</param>
public sealed record Processor(string Name, int Cores, ImmutableArray<string> InstructionSets, int VectorBits)
{
    private const string LinuxFile = "/proc/cpuinfo";
    private const string LinuxKey = "model name";
    private const string WindowsVariable = "PROCESSOR_IDENTIFIER";

    public static Processor Current { get; } = new(ReadName(), Environment.ProcessorCount, [.. FindSets()], FmaChains.LiveBits);

    public override string ToString() =>
        $"{Name}, {Cores} cores, {(InstructionSets.IsEmpty ? "no vectors" : string.Join(' ', InstructionSets))}, vectors of {VectorBits} bits";

    private static string ReadName()
    {
        try
        {
            var line = File.Exists(LinuxFile) ? File.ReadLines(LinuxFile).FirstOrDefault(l => l.StartsWith(LinuxKey, StringComparison.Ordinal)) : null;
            if (line?.Split(':', 2) is [_, var name])
            {
                return name.Trim();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The name is for people; the architecture serves as well.
        }

        return Environment.GetEnvironmentVariable(WindowsVariable) ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static IEnumerable<string> FindSets()
    {
        (string Name, bool IsLive)[] sets =
        [
            ("SSE4.2", Sse42.IsSupported),
            ("AVX", Avx.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-VNNI", AvxVnni.IsSupported),
            ("AVX-512F", Avx512F.IsSupported),
            ("AVX-512BW", Avx512BW.IsSupported),
            ("AVX-512VBMI", Avx512Vbmi.IsSupported),
            ("AVX10", Avx10v1.IsSupported),
            ("AdvSimd", AdvSimd.IsSupported),
            ("DotProd", Dp.IsSupported),
        ];
        return sets.Where(set => set.IsLive).Select(set => set.Name);
    }
}
