using System.Runtime.Intrinsics.X86;
using Pipeline.Inference.Measuring;

namespace Pipeline.Inference.Tests.Measuring;

public sealed class ProcessorTests
{
    [Fact]
    public void Current_OfThisProcess_SaysWhatItUses()
    {
        var processor = Processor.Current;

        Assert.NotEmpty(processor.Name);
        Assert.Equal(Environment.ProcessorCount, processor.Cores);
        Assert.Equal(Avx2.IsSupported, processor.InstructionSets.Contains("AVX2"));
        Assert.Equal(Avx512F.IsSupported, processor.InstructionSets.Contains("AVX-512F"));
        Assert.Contains(processor.Name, processor.ToString(), StringComparison.Ordinal);
    }
}
