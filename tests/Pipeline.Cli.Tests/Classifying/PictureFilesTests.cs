using Pipeline.Cli.Classifying;

namespace Pipeline.Cli.Tests.Classifying;

public sealed class PictureFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_Folder_TakesItsPicturesAtAnyDepthInOrder()
    {
        var b = Write("b.JPG");
        var a = Write("deep/er/a.webp");
        Write("notes.txt");

        Assert.Equal([b, a], PictureFiles.Find([_folder], []));
    }

    [Fact]
    public void Find_FileNamedItself_IsTakenWhateverItIsCalled()
    {
        var file = Write("picture.data");

        Assert.Equal([file], PictureFiles.Find([file], []));
    }

    [Fact]
    public void Find_NothingThere_IsTold()
    {
        var missing = new List<string>();
        var path = Path.Combine(_folder, "gone.jpg");

        Assert.Empty(PictureFiles.Find([path], missing));
        Assert.Equal([path], missing);
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Empty);
        return path;
    }
}
