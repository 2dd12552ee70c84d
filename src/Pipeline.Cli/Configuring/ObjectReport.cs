using Pipeline.Worker.Uploads;
using Spectre.Console;

namespace Pipeline.Cli.Configuring;

/// <summary>Prints what the rules say of an object.</summary>
internal static class ObjectReport
{
    public static void Write(string bucket, string name, ObjectExplanation explanation, bool json)
    {
        var target = explanation.Target;
        var winner = target is null ? null : explanation.Rules.FirstOrDefault(rule => rule.Matches);
        if (json)
        {
            JsonOutput.Write(new
            {
                Bucket = bucket,
                Name = name,
                Rule = winner?.Index + 1,
                Result = target?.Result.ToString(),
                target?.Owner,
                target?.Model,
                AppDocument = target?.AppDocument?.Path.ToString(),
                explanation.Problem,
                Rules = explanation.Rules.Select(rule => new { Rule = rule.Index + 1, rule.Rule.Match, rule.Matches, rule.Why }),
            });
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "match", "says");
        foreach (var rule in explanation.Rules)
        {
            table.AddTextRow($"{rule.Index + 1}", rule.Rule.Match, rule.Why is { } why ? $"no: {why}" : target is null ? "yes" : rule == winner ? "yes, and it decides" : "yes, but too late");
        }

        TableOutput.Create().Write(table);
        Console.WriteLine(target is null
            ? $"'{name}' in '{bucket}' is ignored{(explanation.Problem is null ? ": no rule matches" : $": {explanation.Problem}")}."
            : $"'{name}' in '{bucket}' is classified with the model {target.Model ?? "(default)"}{(explanation.Problem is null ? "" : $"; but {explanation.Problem}")}.");
        if (target is not null)
        {
            Console.WriteLine($"  result    {target.Result}");
            Console.WriteLine($"  owner     {target.Owner ?? "– (no {uid}: no user may read it)"}");
            if (target.AppDocument is { } document)
            {
                Console.WriteLine($"  and into  {document.Path}, field {document.Field}");
            }
        }
    }
}
