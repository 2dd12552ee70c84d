using System.Security.Cryptography;
using System.Text;
using Pipeline.Models.Package;
using Pipeline.Models.Tests.Package.Support;

namespace Pipeline.Models.Tests.Package;

public sealed class ModelHashTests
{
    [Fact]
    public void OfSavedModel_Folder_IsTheHashOfItsFilesInOrdinalOrder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("variables/variables.index", "II");
        folder.Write("variables/variables.data-00000-of-00001", "DDD");
        folder.Write("assets/b/ä.txt", "");
        folder.Write("assets/b.txt", "B");
        folder.Write("saved_model.pb", "S");
        folder.Write("labels.txt", "not part of it");
        folder.Write("fingerprint.pb", "not part of it");

        var expected = "assets/b.txt\0" + "1\0B" + "assets/b/ä.txt\0" + "0\0" + "saved_model.pb\0" + "1\0S"
            + "variables/variables.data-00000-of-00001\0" + "3\0DDD" + "variables/variables.index\0" + "2\0II";

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(expected))), ModelHash.OfSavedModel(folder.Path, CancellationToken.None));
    }

    [Fact]
    public void OfSavedModel_AnyByteChanged_IsAnother()
    {
        using var folder = new TemporaryFolder();
        folder.Write("saved_model.pb", "S");
        folder.Write("variables/variables.index", "I");
        var before = ModelHash.OfSavedModel(folder.Path, CancellationToken.None);

        folder.Write("variables/variables.index", "J");

        Assert.NotEqual(before, ModelHash.OfSavedModel(folder.Path, CancellationToken.None));
    }

    [Fact]
    public void OfFile_File_IsTheHashOfItsBytes()
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[300_000];
        bytes[^1] = 7;
        File.WriteAllBytes(Path.Combine(folder.Path, "model.tflite"), bytes);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), ModelHash.OfFile(Path.Combine(folder.Path, "model.tflite"), CancellationToken.None));
    }

    [Fact]
    public void OfSavedModel_Cancelled_Ends()
    {
        using var folder = new TemporaryFolder();
        folder.Write("saved_model.pb", "S");

        Assert.Throws<OperationCanceledException>(() => ModelHash.OfSavedModel(folder.Path, new CancellationToken(canceled: true)));
    }
}
