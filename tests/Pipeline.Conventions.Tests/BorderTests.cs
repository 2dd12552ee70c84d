using NetArchTest.Rules;
using Pipeline.Conventions.Tests.Support;

namespace Pipeline.Conventions.Tests;

/// <summary>Where unsafe code, native code and the cloud's names may live.</summary>
public sealed class BorderTests
{
    [Fact]
    public void UnsafeBlocks_AreAllowedInTwoRoomsOnly()
    {
        var rooms = ProjectFile.In("src", "functions").Where(project => project.AllowsUnsafe).Select(project => project.Name);

        Assert.Equal(["Pipeline.Imaging", "Pipeline.Inference"], rooms.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UnsafeCode_InTheEngine_LivesInKernelsAndPlans()
    {
        string[] allowed = ["src/Pipeline.Inference/Kernels/", "src/Pipeline.Inference/Execution/Plans/"];
        var offenders = Checkout.Sources("src/Pipeline.Inference")
            .Select(Checkout.Relative)
            .Where(path => !allowed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
            .Where(path => File.ReadLines(Path.Combine(Checkout.Root, path)).Any(line => line.Contains("unsafe ", StringComparison.Ordinal)));

        Assert.Empty(offenders);
    }

    [Fact]
    public void NativeImageLibrary_IsUsedInDecodingOnly()
    {
        var result = Types.InAssembly(typeof(Pipeline.Imaging.Decoding.ImageDecoder).Assembly)
            .That().DoNotResideInNamespaceStartingWith("Pipeline.Imaging.Decoding")
            .ShouldNot().HaveDependencyOn("SkiaSharp")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
        Assert.Equal(["Pipeline.Imaging"], ProjectFile.In("src", "functions").Where(UsesSkia).Select(project => project.Name));

        static bool UsesSkia(ProjectFile project) => project.Packages.Any(package => package.StartsWith("SkiaSharp", StringComparison.Ordinal));
    }

    [Fact]
    public void CloudLibraries_AreReferencedByTheFirebaseRoomOnly()
    {
        var rooms = ProjectFile.In("src", "functions")
            .Where(project => project.Name != "Pipeline.Firebase")
            .Where(project => project.Packages.Any(package => package.StartsWith("Google.Cloud.", StringComparison.Ordinal) || package.StartsWith("Google.Apis", StringComparison.Ordinal)))
            .Select(project => project.Name);

        Assert.Empty(rooms);
    }

    [Fact]
    public void Engine_UsesNoPackage()
    {
        Assert.Empty(ProjectFile.In("src").Single(project => project.Name == "Pipeline.Inference").Packages);
    }
}
