using Pipeline.Cli.Verifying;

namespace Pipeline.Cli.Tests.Verifying;

public sealed class LabelledFoldersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labelled-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_Limit_TakesEvenlyOfAllLabels()
    {
        Write("a/1.jpg", "a/2.jpg", "a/3.jpg", "a/deep/4.png", "b/1.jpg", "b/notes.txt");

        var found = LabelledFolders.Find(_folder, ["a", "b"], 3);

        Assert.Equal(["a/1.jpg", "b/1.jpg", "a/2.jpg"], found.Pictures.Select(picture => Path.GetRelativePath(_folder, picture.File)));
        Assert.Equal(5, found.Found);
        Assert.Empty(found.Unknown);
    }

    [Fact]
    public void Find_FoldersOfNoLabel_AreReported()
    {
        Write("tench/1.jpg", "trench/1.jpg", "other/1.jpg", "loose.jpg");

        var found = LabelledFolders.Find(_folder, ["tench"], 10);

        Assert.Single(found.Pictures);
        Assert.Equal([new UnknownFolder("other", null), new UnknownFolder("trench", "tench")], found.Unknown);
    }

    [Fact]
    public void Find_FolderThatLinksToItself_Ends()
    {
        Write("a/1.jpg");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "again"), Path.Combine(_folder, "a"));

        Assert.NotEmpty(LabelledFolders.Find(_folder, ["a"], 1).Pictures);
    }

    private void Write(params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Empty);
        }
    }
}
