using Pipeline.Worker.ModelStore;

namespace Pipeline.Worker.Tests.ModelStore;

public sealed class ModelFoldersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_FolderOfVersions_NewestFirstAndNothingElse()
    {
        foreach (var name in (string[])["2", "10", "9.tmp", "v3", "-1", "0", "99999999999999999999", "copying"])
        {
            Write($"{name}/saved_model.pb", "x");
        }

        Assert.Equal([10L, 2L, 0L], ModelFolders.Find(Source()).Select(candidate => candidate.Version!.Value));
        Assert.Equal(Path.Combine(_folder, "2"), Assert.Single(ModelFolders.Find(Source() with { Version = 2 })).Folder);
        var error = Assert.Throws<DirectoryNotFoundException>(() => ModelFolders.Find(Source() with { Version = 3 }));
        Assert.Contains("no version 3; there are 10, 2, 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("saved_model.pb")]
    [InlineData("model.json")]
    [InlineData("net.tflite")]
    public void Find_PackageWithNumberedFolders_IsThePackage(string file)
    {
        Write(file, "x");
        Write("1/saved_model.pb", "x");

        var candidate = Assert.Single(ModelFolders.Find(Source()));

        Assert.Equal((_folder, null), (candidate.Folder, candidate.Version));
        Assert.Throws<DirectoryNotFoundException>(() => ModelFolders.Find(Source() with { Version = 1 }));
    }

    [Fact]
    public void Find_EmptyOrMissing_IsLeftToTheLoaderOrNotFound()
    {
        Assert.Equal(_folder, Assert.Single(ModelFolders.Find(Source())).Folder);
        Assert.Throws<DirectoryNotFoundException>(() => ModelFolders.Find(new ModelSource("m", Path.Combine(_folder, "none"))));
    }

    [Fact]
    public void Find_FileAddedWrittenOrRemoved_ChangesTheStamp()
    {
        Write("saved_model.pb", "x");
        Write("variables/a", "1");
        var first = Stamp();
        Assert.Equal(first, Stamp());

        Write("variables/b", "1");
        var added = Stamp();
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "variables", "a"), DateTime.UnixEpoch);
        var written = Stamp();
        File.Delete(Path.Combine(_folder, "variables", "b"));

        Assert.Equal(4, new[] { first, added, written, Stamp() }.Distinct().Count());
    }

    private ModelSource Source() => new("m", _folder);

    private string Stamp() => Assert.Single(ModelFolders.Find(Source())).Stamp;

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
