using System.Globalization;
using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package.Folders;
using Spectre.Console;

namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>Holds a model against outputs that TensorFlow gave for it.</summary>
internal static class RecordedRun
{
    /// <returns>0 if outputs were compared and none differs by more than is allowed, else 1.</returns>
    public static Task<int> RunAsync(VerifyOptions options, CancellationToken cancellationToken) => ModelFailures.CatchAsync(() =>
    {
        PackageFolder.RefuseUnlessModel(options.Folder);
        using var recording = RecordedFolder.Open(options.Recorded!);
        var model = new RecordedModel(options.Folder, options.Given);
        var outcomes = recording.CasesOf(options.Folder, options.RecordedAs).SelectMany(recorded => model.Run(recorded, cancellationToken)).ToList();
        if (options.Json)
        {
            JsonOutput.Write(new { Model = options.Folder, options.Recorded, Outcomes = outcomes.Select(Describe) });
        }
        else
        {
            Write(outcomes);
        }

        return Count(outcomes, RecordedVerdict.Failed) == 0 && Count(outcomes, RecordedVerdict.Passed) > 0 ? ExitCodes.Done : ExitCodes.Failed;
    });

    private static void Write(List<RecordedOutcome> outcomes)
    {
        var console = TableOutput.Create();
        var table = new Table().Border(TableBorder.Rounded).AddColumns("case", "output", "verdict", "largest difference", "of what is allowed", "remark");
        foreach (var outcome in outcomes)
        {
            table.AddTextRow(
                outcome.Case, outcome.Output, Name(outcome.Verdict), Number(outcome.Largest), outcome.Share is { } share ? Figures.Percent(share) : string.Empty, outcome.Remark);
        }

        console.Write(table);
        var largest = outcomes.Max(outcome => outcome.Largest);
        console.WriteLine(
            $"{Count(outcomes, RecordedVerdict.Passed)} outputs as recorded, {Count(outcomes, RecordedVerdict.Failed)} not, {Count(outcomes, RecordedVerdict.Skipped)} skipped"
            + (largest is null ? "." : $"; the largest difference is {Number(largest)}."));
    }

    private static object Describe(RecordedOutcome outcome) => new
    {
        outcome.Case,
        outcome.Output,
        Verdict = Name(outcome.Verdict),
        Largest = Finite(outcome.Largest),
        Share = Finite(outcome.Share),
        outcome.Remark,
    };

    private static string Name(RecordedVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private static int Count(List<RecordedOutcome> outcomes, RecordedVerdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);

    private static string Number(double? number) => number?.ToString("0.0E+0", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>JSON has no infinities.</summary>
    private static double? Finite(double? number) => number is { } value && double.IsFinite(value) ? value : null;
}
