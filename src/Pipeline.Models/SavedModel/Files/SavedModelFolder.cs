namespace Pipeline.Models.SavedModel.Files;

/// <summary>Where the parts of a SavedModel lie.</summary>
internal sealed class SavedModelFolder
{
    private const string GraphFile = "saved_model.pb";
    private static readonly string[] OtherForms = ["saved_model.pbtxt", "saved_model.cpb"];

    public SavedModelFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RootPath = path;
    }

    public string RootPath { get; }

    /// <summary>What the names of the checkpoint's files begin with.</summary>
    public string VariablesPrefix => Path.Combine(RootPath, "variables", "variables");

    /// <summary>Finds the graph's file.</summary>
    /// <exception cref="InvalidModelException">There is none.</exception>
    /// <exception cref="UnsupportedModelException">There is one of another form only: text, or chunks.</exception>
    public string FindGraphFile()
    {
        var path = Path.Combine(RootPath, GraphFile);
        if (File.Exists(path))
        {
            return path;
        }

        if (Array.Find(OtherForms, form => File.Exists(Path.Combine(RootPath, form))) is { } other)
        {
            throw new UnsupportedModelException(RootPath, [new UnsupportedNode("SavedModel", other, null, $"this form is not supported, {GraphFile} is")]);
        }

        throw new InvalidModelException(RootPath, "folder", GraphFile, Directory.Exists(RootPath) ? "no such file" : "no such folder");
    }
}
