using Pipeline.Models.Package.Inferring;
using Spectre.Console;

namespace Pipeline.Cli.ModelFiles;

/// <summary>Prints what was found out about how a model is fed.</summary>
internal static class InferredTable
{
    public static void Write(IAnsiConsole console, IEnumerable<InferredValue> values)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("key", "value", "where from");
        foreach (var value in values)
        {
            table.AddTextRow(Short(value.Path), value.Json, value.IsAssumed ? $"assumed: {value.Source}" : value.Source);
        }

        console.Write(table);
    }

    /// <summary>What is not known, and the way out.</summary>
    public static void WriteOpen(IAnsiConsole console, string folder, InferredManifest inferred)
    {
        foreach (var question in inferred.Questions)
        {
            console.WriteLine($"Open: {question.Reason}.");
        }

        if (inferred.LabelProblem is { } problem)
        {
            console.WriteLine($"Labels: {problem.File}: {problem.Detail}.");
        }

        if (!inferred.Questions.IsEmpty)
        {
            console.WriteLine($"Say it: pipeline model init {folder} --help. Or measure it: pipeline model verify {folder} --images PICTURES --write");
        }
    }

    /// <summary>A JSON path as people say it: <c>input.mean</c>.</summary>
    public static string Short(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
}
