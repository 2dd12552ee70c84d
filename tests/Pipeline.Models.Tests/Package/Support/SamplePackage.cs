using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Fixtures.Format;

namespace Pipeline.Models.Tests.Package.Support;

/// <summary>A copy of the repository's sample model that a test may spoil.</summary>
internal sealed class SamplePackage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SamplePackage()
    {
        foreach (var file in Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories))
        {
            var copy = At(System.IO.Path.GetRelativePath(Sample, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The sample in the repository; not to be changed.</summary>
    public static string Sample { get; } = System.IO.Path.Combine(
        SharedFolder.Checkout() ?? throw new DirectoryNotFoundException("The tests run outside of a checkout."), "functions", "Pipeline.Functions", "model");

    public string Path => _folder.Path;

    public string At(string relative) => System.IO.Path.Combine(_folder.Path, relative);

    /// <summary>Changes the manifest's text as JSON; the hash is taken out, so that the change is what is found.</summary>
    public void ChangeManifest(Action<JsonObject> change)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(At("model.json")))!.AsObject();
        manifest.Remove("sha256");
        change(manifest);
        File.WriteAllText(At("model.json"), manifest.ToJsonString());
    }

    public void FlipByte(string relative, int offset)
    {
        var bytes = File.ReadAllBytes(At(relative));
        bytes[offset] ^= 0x10;
        File.WriteAllBytes(At(relative), bytes);
    }

    /// <summary>Replaces a name in a file by another one of the same length, wherever it stands.</summary>
    public void Rename(string relative, string name, string other)
    {
        var bytes = File.ReadAllBytes(At(relative));
        var (from, to) = (Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(other));
        Assert.Equal(from.Length, to.Length);
        for (var at = bytes.AsSpan().IndexOf(from); at >= 0; at = bytes.AsSpan().IndexOf(from))
        {
            to.CopyTo(bytes, at);
        }

        File.WriteAllBytes(At(relative), bytes);
    }

    public void Dispose() => _folder.Dispose();
}
