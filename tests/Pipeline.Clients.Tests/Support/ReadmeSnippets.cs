using System.Text.RegularExpressions;

namespace Pipeline.Clients.Tests.Support;

/// <summary>The JavaScript of the README's chapter for app developers: each block is a module, and its first line names it.</summary>
internal static partial class ReadmeSnippets
{
    private const string Chapter = "## For app developers";

    /// <summary>The modules by their file names.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var readme = File.ReadAllText(Path.Combine(Programs.Checkout, "README.md"));
        var start = readme.IndexOf(Chapter, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The README has no chapter '{Chapter}'.");
        var end = readme.IndexOf("\n## ", start + Chapter.Length, StringComparison.Ordinal);
        return Block().Matches(readme[start..end]).ToDictionary(block => block.Groups["name"].Value, block => block.Groups["text"].Value);
    }

    /// <summary>Writes the modules into a folder, with other words in the place of some.</summary>
    public static async Task WriteAsync(string folder, params (string Word, string Other)[] words)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"type":"module"}""", TestContext.Current.CancellationToken);
        foreach (var (name, text) in Read())
        {
            var here = words.Aggregate(text, (all, word) => all.Replace(word.Word, word.Other, StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(folder, name), here, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"^```js\n(?<text>// (?<name>[\w-]+\.js)\n.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
