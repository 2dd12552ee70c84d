using Pipeline.Cli.Commands;
using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package.Inferring;
using Spectre.Console;

namespace Pipeline.Cli.Initializing;

/// <summary>Says what was written, or what is still to be said.</summary>
internal static class InitReport
{
    public static void WriteDone(InitOptions options, ManifestDraft draft, string file)
    {
        if (options.Json)
        {
            JsonOutput.Write(new { File = file, Written = true, draft.Inferred.Form, Values = draft.Values.Select(InferredJson.Describe) });
            return;
        }

        var console = TableOutput.Create();
        InferredTable.Write(console, draft.Values);
        console.WriteLine($"Wrote {file} for a {draft.Inferred.Form}. Try it:");
        console.WriteLine($"  pipeline classify --model {options.Folder} photo.jpg");
        if (draft.Values.Any(value => value.IsAssumed))
        {
            console.WriteLine("Measure with pictures what is assumed:");
            console.WriteLine($"  pipeline model verify {options.Folder} --images PICTURES");
        }
    }

    public static void WriteOpen(InitOptions options, ManifestDraft draft)
    {
        var open = draft.Open.ToList();
        if (options.Json)
        {
            JsonOutput.Write(new { File = (string?)null, Written = false, Inferred = InferredJson.Describe(draft.Inferred) });
        }

        Console.Error.WriteLine($"{options.Folder}: nothing was written, {(open.Count == 1 ? "this is" : "these are")} open:");
        foreach (var question in open)
        {
            Console.Error.WriteLine($"  {question.Reason}. Say it with one of:");
            foreach (var choice in question.Choices)
            {
                Console.Error.WriteLine($"    {Words(choice, question)}   {choice.Meaning}");
            }
        }

        if (draft.LabelProblem is { } problem)
        {
            Console.Error.WriteLine($"  {problem.File}: {problem.Detail}.");
        }

        Console.Error.WriteLine($"Most likely: pipeline model init {options.Folder} {string.Join(' ', open.Select(question => Words(question.Choices[0], question)))}");
        Console.Error.WriteLine($"Which is right can be measured: pipeline model verify {options.Folder} --images PICTURES --write");
    }

    private static string Words(LikelyAnswer choice, OpenQuestion question) =>
        string.Join(' ', choice.Values.Where(value => question.Paths.Contains(value.Path)).Select(value => $"{ManifestOptions.NameOf(value.Path)} {value.Json.Trim('"')}"));
}
