using Pipeline.Fixtures.Format;

namespace Pipeline.Cli.Tests.Support;

/// <summary>A copy of the repository's sample model, without its manifest.</summary>
internal sealed class ModelCopy : IDisposable
{
    public ModelCopy()
    {
        Folder = Directory.CreateTempSubdirectory("model-").FullName;
        foreach (var file in Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "model.json"))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The sample in the repository; not to be changed.</summary>
    public static string Sample { get; } = Path.Combine(
        SharedFolder.Checkout() ?? throw new DirectoryNotFoundException("The tests run outside of a checkout."), "functions", "Pipeline.Functions", "model");

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
