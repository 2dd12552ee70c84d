using System.Collections.Immutable;
using Pipeline.Cli.Initializing;
using Pipeline.Cli.Tests.Support;

namespace Pipeline.Cli.Tests.Initializing;

public sealed class LabelCopyTests : IDisposable
{
    private readonly ModelCopy _model = new();
    private readonly string _outside = Directory.CreateTempSubdirectory("labels-").FullName;

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Fact]
    public void Find_FileOutside_IsCopiedAsLabels()
    {
        var file = Path.Combine(_outside, "names.txt");
        File.Move(Path.Combine(_model.Folder, "labels.txt"), file);
        var draft = Draft(file);

        Assert.Equal(file, LabelCopy.Find(_model.Folder, draft));
        Assert.Equal("\"labels.txt\"", draft.Said("$.output.labels"));
        LabelCopy.Copy(file, _model.Folder, overwrite: false);
        Assert.True(File.Exists(Path.Combine(_model.Folder, "labels.txt")));
        Assert.Contains("--force", Assert.Throws<IOException>(() => LabelCopy.Copy(file, _model.Folder, overwrite: false)).Message, StringComparison.Ordinal);
        LabelCopy.Copy(file, _model.Folder, overwrite: true);
    }

    [Fact]
    public void Find_FileOfTheFolderByItsFullPath_IsNamedAsItsOwn()
    {
        var draft = Draft(Path.Combine(_model.Folder, "labels.txt"));

        Assert.Null(LabelCopy.Find(_model.Folder, draft));
        Assert.Equal("\"labels.txt\"", draft.Said("$.output.labels"));
    }

    [Theory]
    [InlineData("labels.txt")]
    [InlineData("nowhere.txt")]
    public void Find_FileOfTheFolderOrNoFile_StaysAsItIs(string name)
    {
        var draft = Draft(name);

        Assert.Null(LabelCopy.Find(_model.Folder, draft));
        Assert.Equal($"\"{name}\"", draft.Said("$.output.labels"));
    }

    private ManifestDraft Draft(string labels) =>
        new(_model.Folder, ImmutableDictionary<string, string>.Empty.Add("$.output.labels", Pipeline.Models.Package.Manifest.ManifestText.Of(labels)));
}
