using System.Xml.Linq;

namespace Pipeline.Conventions.Tests.Support;

/// <summary>A project of the checkout, as its file says.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _document;

    private ProjectFile(string path)
    {
        Path = path;
        _document = XDocument.Load(path);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public IReadOnlyList<string> References =>
        [.. Items("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    public IReadOnlyList<string> Packages => [.. Items("PackageReference")];

    public bool AllowsUnsafe => _document.Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true");

    /// <summary>The projects below the given folders of the checkout.</summary>
    public static IReadOnlyList<ProjectFile> In(params string[] folders) =>
        [.. folders.SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Checkout.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => new ProjectFile(path))];

    private IEnumerable<string> Items(string name) =>
        _document.Descendants(name).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
