namespace Pipeline.Imaging.Tests.Support;

internal static class SeededRandom
{
    /// <summary>A generator whose seed stands in the test's output.</summary>
    public static Random Create(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
#pragma warning disable RS0030 // The seed is fixed and printed.
        return new Random(seed);
#pragma warning restore RS0030
    }
}
