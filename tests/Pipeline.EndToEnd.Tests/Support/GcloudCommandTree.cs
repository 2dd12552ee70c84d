using System.Text.Json;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>What the Google Cloud CLI offers to a shell that completes its commands: all commands with their options, but for hidden ones.</summary>
internal sealed class GcloudCommandTree
{
    private readonly JsonElement _root;

    private GcloudCommandTree(JsonElement root)
    {
        _root = root;
    }

    /// <param name="gcloud">The program, or a link to it.</param>
    public static GcloudCommandTree Load(string gcloud)
    {
        var program = File.ResolveLinkTarget(gcloud, returnFinalTarget: true)?.FullName ?? gcloud;
        var file = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(program))!, "data", "cli", "gcloud_completions.py");

        // An assignment in Python; what is assigned is JSON as well.
        var text = File.ReadAllText(file);
        return new GcloudCommandTree(JsonElement.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..]));
    }

    /// <summary>The options of a command that it does not have here; all of them where there is no such command.</summary>
    /// <param name="words">Words and options, without the program.</param>
    public IReadOnlyList<string> UnknownOptions(IEnumerable<string> words)
    {
        var node = _root;
        var known = new HashSet<string>(Options(node), StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (!node.TryGetProperty("commands", out var commands) || !commands.TryGetProperty(word, out var next))
            {
                break;
            }

            node = next;
            known.UnionWith(Options(node));
        }

        var isCommand = !node.TryGetProperty("commands", out var deeper) || !deeper.EnumerateObject().Any();
        return [.. words.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0]).Where(option => !isCommand || !known.Contains(option))];
    }

    /// <summary>A switch can be turned off as well.</summary>
    private static IEnumerable<string> Options(JsonElement node) => node.TryGetProperty("flags", out var flags)
        ? flags.EnumerateObject().SelectMany(flag => flag.Value.ValueKind == JsonValueKind.String && flag.Value.ValueEquals("bool") ? new[] { flag.Name, $"--no-{flag.Name[2..]}" } : [flag.Name])
        : [];
}
