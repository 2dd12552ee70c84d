using Microsoft.Playwright;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Sample pictures under names of the test's choice.</summary>
internal static class Sample
{
    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(PageProcess.Samples, file));

    public static FilePayload As(string name, string file = "coffee.jpg") => new() { Name = name, MimeType = "image/jpeg", Buffer = Read(file) };
}
