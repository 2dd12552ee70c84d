using Pipeline.Fixtures.Format;

namespace Pipeline.Worker.Tests.Classification.Support;

/// <summary>The sample model and photos of this repository.</summary>
internal static class Samples
{
    public static string Model => Path.Combine(Root, "functions", "Pipeline.Functions", "model");

    public static string Photos => Path.Combine(Root, "scripts", "samples");

    private static string Root => SharedFolder.Checkout() ?? throw new DirectoryNotFoundException("The tests run outside of a checkout.");

    public static byte[] Photo(string name) => File.ReadAllBytes(Path.Combine(Photos, name));
}
