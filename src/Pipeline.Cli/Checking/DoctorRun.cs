using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Functions;
using Pipeline.Functions.Configuration;
using Pipeline.Worker.ModelStore;
using Spectre.Console;

namespace Pipeline.Cli.Checking;

/// <summary>Looks at everything that keeps the product from working here, each with what to do.</summary>
internal static class DoctorRun
{
    /// <returns>0 where nothing is bad, else 1.</returns>
    public static async Task<int> RunAsync(DoctorOptions options, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>(MachineChecks.Run(TimeProvider.System));
        var configuration = PipelineConfiguration.Read(options.Settings.Setup(typeof(Serve)));
        findings.Add(configuration.Errors.Count == 0
            ? Finding.Good("configuration", "valid")
            : Finding.Bad("configuration", string.Join(' ', configuration.Errors), "See: pipeline config check"));
        var data = Path.GetDirectoryName(Path.GetFullPath(configuration.Find<SqliteDocumentStoreOptions>()?.Path ?? Path.Combine("data", "documents.db")))!;
        findings.Add(PlaceChecks.DataFolder(data));
        findings.Add(PlaceChecks.Disk(data));
        findings.Add(PlaceChecks.Port("worker port", options.Port, "--port"));
        findings.Add(PlaceChecks.Port("storage port", options.StoragePort, "--storage-port"));
        findings.Add(ModelChecks.Decoder(TimeProvider.System));
        foreach (var source in configuration.Find<ModelStoreOptions>()?.Models ?? [])
        {
            findings.Add(ModelChecks.Model(source, TimeProvider.System, cancellationToken));
        }

        findings.AddRange(await CloudChecks.RunAsync(Environment.GetEnvironmentVariable, cancellationToken));
        Write(findings, options.Json);
        return findings.Exists(finding => finding.Level == FindingLevel.Bad) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Write(List<Finding> findings, bool json)
    {
        if (json)
        {
            JsonOutput.Write(findings.Select(finding => new { finding.Name, Level = finding.Level.ToString().ToLowerInvariant(), finding.Text, finding.Fix }));
            return;
        }

        var console = TableOutput.Create();
        foreach (var finding in findings)
        {
            var (mark, colour) = finding.Level switch
            {
                FindingLevel.Good => ("ok  ", Color.Green),
                FindingLevel.Note => ("note", Color.Yellow),
                _ => ("bad ", Color.Red),
            };
            console.Write(new Text(mark, new Style(colour)));
            console.Write(new Text($"  {finding.Name}: {finding.Text}{Environment.NewLine}"));
            if (finding.Fix is { } fix)
            {
                console.Write(new Text($"      {fix}{Environment.NewLine}"));
            }
        }

        var bad = findings.Count(finding => finding.Level == FindingLevel.Bad);
        console.WriteLine(bad == 0 ? "Everything that is needed works." : $"{bad} of {findings.Count} checks failed.");
    }
}
