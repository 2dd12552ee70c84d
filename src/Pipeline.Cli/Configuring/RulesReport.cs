using System.Collections.Immutable;
using Pipeline.Worker;
using Pipeline.Worker.Uploads;
using Spectre.Console;

namespace Pipeline.Cli.Configuring;

/// <summary>Prints the rules as they are read, in their order.</summary>
internal static class RulesReport
{
    public static void Write(WorkerOptions options, ImmutableArray<RuleShadow> shadows, bool json)
    {
        var by = shadows.ToDictionary(shadow => shadow.Index, shadow => shadow.By);
        if (json)
        {
            JsonOutput.Write(options.Rules.Select((rule, index) => new
            {
                Rule = index + 1,
                rule.Bucket,
                rule.Match,
                Types = TypesOf(rule),
                rule.Model,
                rule.Document,
                Field = rule.Document is null ? null : rule.Field,
                ShadowedBy = by.TryGetValue(index, out var earlier) ? earlier + 1 : (int?)null,
            }));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "bucket", "match", "types", "model", "your document", "note");
        foreach (var (index, rule) in options.Rules.Index())
        {
            table.AddTextRow(
                $"{index + 1}",
                rule.Bucket,
                rule.Match,
                string.Join(", ", TypesOf(rule)),
                rule.Model ?? "(default)",
                rule.Document is null ? "–" : $"{rule.Document} : {rule.Field}",
                by.TryGetValue(index, out var earlier) ? $"never decides: rule {earlier + 1} takes all of it" : "");
        }

        TableOutput.Create().Write(table);
        Console.WriteLine("The first rule that matches decides; what matches none is ignored. Try: pipeline config explain --object NAME");
    }

    private static IReadOnlyList<string> TypesOf(RuleOptions rule) => rule.Types.Count > 0 ? rule.Types : ["image/*"];
}
