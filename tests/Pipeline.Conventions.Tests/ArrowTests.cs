using System.Reflection;
using Pipeline.Conventions.Tests.Support;

namespace Pipeline.Conventions.Tests;

/// <summary>Which room may use which: these arrows and no others.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Pipeline.Inference"] = [],
        ["Pipeline.Imaging"] = [],
        ["Pipeline.Models"] = ["Pipeline.Inference", "Pipeline.Imaging"],
        ["Pipeline.Worker"] = ["Pipeline.Models", "Pipeline.Imaging", "Pipeline.Inference"],
        ["Pipeline.Firebase"] = ["Pipeline.Worker"],
        ["Pipeline.Embedded"] = ["Pipeline.Worker"],
        ["Pipeline.Hosting"] = [],
        ["Pipeline.Functions"] = ["Pipeline.Hosting", "Pipeline.Firebase", "Pipeline.Embedded", "Pipeline.Worker"],
        ["Pipeline.Cli"] =
        [
            "Pipeline.Inference", "Pipeline.Imaging", "Pipeline.Models", "Pipeline.Worker", "Pipeline.Firebase", "Pipeline.Embedded",
            "Pipeline.Hosting", "Pipeline.Functions",
        ],
    };

    public static TheoryData<string> Rooms => [.. ProjectFile.In("src", "functions").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ProjectReferences_OfARoom_AreItsArrows(string room)
    {
        var project = ProjectFile.In("src", "functions").Single(candidate => candidate.Name == room);

        Assert.True(Allowed.TryGetValue(room, out var arrows), $"{room} is not in the table of rooms.");
        Assert.Empty(project.References.Except(arrows));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void CompiledReferences_OfARoom_AreItsArrows(string room)
    {
        var file = Path.Combine(AppContext.BaseDirectory, (room == "Pipeline.Cli" ? "pipeline" : room) + ".dll");
        Assert.True(File.Exists(file), $"{file} is not there: reference {room} from this test project.");

        var used = Assembly.LoadFrom(file).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Pipeline.", StringComparison.Ordinal));

        Assert.Empty(used.Except(Allowed[room]));
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(Checkout.Root, "Pipeline.sln")).Replace('\\', '/');

        Assert.All(ProjectFile.In("src", "functions", "tests"), project => Assert.Contains(Checkout.Relative(project.Path), solution, StringComparison.Ordinal));
    }
}
