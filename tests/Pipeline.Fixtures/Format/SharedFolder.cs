using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Fixtures.Format;

/// <summary>Finds the folder of shared test data that lies beside a checkout, or where <c>PIPELINE_SHARED</c> says.</summary>
public static class SharedFolder
{
    /// <summary>What a test says when it is skipped for want of the folder.</summary>
    public const string Missing = "The shared test data is not there: it lies beside the checkout as ../shared, or where PIPELINE_SHARED says.";

    /// <summary>True under <c>CI=true</c>, where missing test data is a failure.</summary>
    public static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <param name="relative">For example <c>fixtures/models</c>.</param>
    /// <param name="path">The full path, where it exists.</param>
    public static bool TryFind(string relative, [NotNullWhen(true)] out string? path)
    {
        path = Environment.GetEnvironmentVariable("PIPELINE_SHARED") is { Length: > 0 } configured
            ? Path.Combine(configured, relative)
            : Checkout() is { } checkout ? Path.Combine(checkout, "..", "shared", relative) : null;
        if (path is not null && (Directory.Exists(path) || File.Exists(path)))
        {
            path = Path.GetFullPath(path);
            return true;
        }

        path = null;
        return false;
    }

    /// <summary>The root of the checkout that the running assembly was built in, or null.</summary>
    public static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
