using System.IO.Compression;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.Package.Folders;

public sealed class PackageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RefuseUnlessModel_Zip_SaysToUnpackIt()
    {
        var zip = Path.Combine(_folder.Path, "converted_savedmodel.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            archive.CreateEntry("saved_model.pb");
        }

        Assert.Contains("unpack it", Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(zip)).Message, StringComparison.Ordinal);
        var ofFolder = Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(_folder.Path)).Message;
        Assert.Contains("converted_savedmodel.zip: unpack it", ofFolder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.h5", "\u0089HDF\r\n", "export")]
    [InlineData("weights.bin", "\u0089HDF\r\n", "export")]
    [InlineData("model.keras", "PK\u0003\u0004", "export")]
    [InlineData("frozen_inference_graph.pb", "\n", "frozen graph")]
    [InlineData("model.onnx", "\b\u0007", "onnx2tf")]
    [InlineData("model.tflite", "\u001c\0\0\0TFL3", "TensorFlowLite")]
    [InlineData("model.bin", "\u001c\0\0\0TFL3", "TensorFlowLite")]
    [InlineData("model.pth", "PK\u0003\u0004", "PyTorch")]
    public void RefuseUnlessModel_ModelOfAnotherForm_IsUnsupportedWithTheWayOut(string name, string content, string advice)
    {
        var file = _folder.Write(name, [.. content.Select(character => (byte)character)]);

        foreach (var path in (string[])[file, _folder.Path])
        {
            var error = Assert.Throws<UnsupportedModelException>(() => PackageFolder.RefuseUnlessModel(path));
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
            Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RefuseUnlessModel_GraphFileItself_NamesItsFolder()
    {
        var file = _folder.Write("saved_model.pb", [8, 1]);

        Assert.Contains($"name {_folder.Path}", Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseUnlessModel_FileOfNoKind_SaysWhatAModelIs()
    {
        var file = _folder.Write("photo.jpg", [0xFF, 0xD8]);

        Assert.Contains("saved_model.pb", Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseUnlessModel_EmptyFolder_SaysSo() =>
        Assert.Contains("an empty folder", Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void RefuseUnlessModel_ModelOneFolderBelow_NamesIt()
    {
        _folder.Write("model.savedmodel/saved_model.pb", [8, 1]);
        _folder.Write("labels.txt", "0 a"u8.ToArray());

        Assert.Contains(Path.Combine(_folder.Path, "model.savedmodel"), Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseUnlessModel_ManyVersionsBelow_NamesSome()
    {
        for (var version = 1; version <= 8; version++)
        {
            _folder.Write($"{version}/saved_model.pb", [8, 1]);
        }

        Assert.Contains("and 3 more", Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("saved_model.pb", "saved_model.pb")]
    [InlineData("variables/variables.index", "variables/variables.index")]
    [InlineData("assets/vocabulary.txt", "assets/vocabulary.txt")]
    [InlineData("model.json", "model.json")]
    public void RefuseUnlessModel_LinkOutOfTheFolder_IsRefused(string link, string named)
    {
        using var outside = new TemporaryFolder();
        var target = outside.Write("file", [8, 1]);
        _folder.Write("saved_model.pb", [8, 1]);
        var path = Path.Combine(_folder.Path, link);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        File.CreateSymbolicLink(path, target);

        var message = Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(_folder.Path)).Message;

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains(target, message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseUnlessModel_FolderThatLeadsOut_IsRefused()
    {
        using var outside = new TemporaryFolder();
        outside.Write("variables.index", [1]);
        _folder.Write("saved_model.pb", [8, 1]);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "variables"), outside.Path);

        Assert.Throws<InvalidModelException>(() => PackageFolder.RefuseUnlessModel(_folder.Path));
    }

    /// <summary>As Kubernetes mounts files: each is a link to a link to a folder of that moment.</summary>
    [Fact]
    public void RefuseUnlessModel_LinksWithinTheFolder_AreFollowed()
    {
        _folder.Write("..2026/saved_model.pb", [8, 1]);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "..data"), "..2026");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "saved_model.pb"), "..data/saved_model.pb");
        using var alias = new TemporaryFolder();
        var linked = Path.Combine(alias.Path, "model");
        Directory.CreateSymbolicLink(linked, _folder.Path);

        PackageFolder.RefuseUnlessModel(_folder.Path);
        PackageFolder.RefuseUnlessModel(linked);
    }

    [Fact]
    public void Locate_LabelsThatLeadOut_AreRefused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "labels.txt"), "/etc/hostname");

        Assert.Throws<InvalidModelException>(() => PackageFolder.Locate(_folder.Path, "labels.txt"));
    }

    [Fact]
    public void RealPath_LinksInACircle_EndInAnError()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "b"), "a");

        Assert.Throws<IOException>(() => RealPath.Of(Path.Combine(_folder.Path, "a")));
    }
}
