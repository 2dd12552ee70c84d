using System.Text.RegularExpressions;
using Pipeline.Conventions.Tests.Support;

namespace Pipeline.Conventions.Tests;

/// <summary>Rules of the tree that no compiler holds.</summary>
public sealed partial class FileTests
{
    private const int LongestReadme = 90;

    [Fact]
    public void Rooms_HaveAReadmeOfAtMostAPage()
    {
        Assert.All(ProjectFile.In("src", "functions"), project =>
        {
            var readme = Path.Combine(project.Folder, "README.md");
            Assert.True(File.Exists(readme), $"{Checkout.Relative(readme)} is missing.");
            Assert.InRange(File.ReadLines(readme).Count(), 5, LongestReadme);
        });
    }

    [Fact]
    public void Sources_LieWhereTheirNamespaceSays()
    {
        var offenders = ProjectFile.In("src", "functions", "tests")
            .SelectMany(project => Directory.EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories).Select(path => (project, path)))
            .Where(file => NamespaceLine().Match(File.ReadAllText(file.path)) is { Success: true } match && !Fits(match.Groups[1].Value, file.project, file.path))
            .Select(file => Checkout.Relative(file.path));

        Assert.Empty(offenders);

        // A folder below a room's folder may only sort its files: then it is not in the namespace.
        static bool Fits(string name, ProjectFile project, string path)
        {
            var folders = Path.GetRelativePath(project.Folder, Path.GetDirectoryName(path)!).Split(Path.DirectorySeparatorChar);
            var room = folders[0] == "." ? project.Name : $"{project.Name}.{folders[0]}";
            return name == room || name == $"{project.Name}.{string.Join('.', folders)}";
        }
    }

    [Fact]
    public void Sources_HoldOneTopLevelTypeNamedAsTheFile()
    {
        var offenders = Checkout.Sources("src").Concat(Checkout.Sources("functions"))
            .Where(path => Path.GetFileName(path) is not ("Program.cs" or "AssemblyInfo.cs"))
            .Where(path =>
            {
                var names = TopLevelType().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).Distinct().ToArray();
                return names.Length != 1 || names[0] != Path.GetFileName(path).Split('.', '{')[0];
            })
            .Select(Checkout.Relative);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Exceptions_AreSealed()
    {
        var offenders = Checkout.Sources("src").Concat(Checkout.Sources("functions"))
            .Where(path => Path.GetFileName(path).EndsWith("Exception.cs", StringComparison.Ordinal))
            .Where(path => !File.ReadAllText(path).Contains("sealed class", StringComparison.Ordinal) && !File.ReadAllText(path).Contains("abstract class", StringComparison.Ordinal))
            .Select(Checkout.Relative);

        Assert.Empty(offenders);
    }

    [Fact]
    public void LockFiles_NameNoPlatform()
    {
        var offenders = ProjectFile.In("src", "functions", "tests")
            .Select(project => Path.Combine(project.Folder, "packages.lock.json"))
            .Where(path => File.ReadAllText(path).Contains("\"net10.0/", StringComparison.Ordinal))
            .Select(Checkout.Relative);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Scripts_AreExecutable()
    {
        string[] scripts = [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "scripts"), "*.sh"), Path.Combine(Checkout.Root, ".ci", "run")];
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            if (OperatingSystem.IsWindows())
            {
                Assert.Skip("Run bits exist on Unix only.");
            }
            else
            {
                Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), $"{Checkout.Relative(script)} has no run bit.");
            }
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:public |internal |file )?(?:static |sealed |abstract |readonly |partial |unsafe |ref )*(?:class|struct|interface|enum|record struct|record class|record|delegate [\w<>?.]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
