using System.Collections.Immutable;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Functions;
using Spectre.Console;

namespace Pipeline.Cli.Operating;

/// <summary>Events of this machine whose delivery was given up.</summary>
internal static class GivenUpRun
{
    private const int Limit = 10_000;

    /// <param name="redeliver">Have each delivered once more, by the running process.</param>
    /// <param name="forget">Forget each.</param>
    public static async Task<int> RunAsync(PipelineOperations operations, bool redeliver, bool forget, bool json, CancellationToken cancellationToken)
    {
        using var buckets = await operations.OpenLocalBucketsAsync(cancellationToken);
        var events = buckets is null ? [] : await buckets.ListGivenUpAsync(Limit, cancellationToken);
        foreach (var given in redeliver || forget ? events : [])
        {
            _ = redeliver ? await buckets!.RedeliverAsync(given.Id, cancellationToken) : await buckets!.ForgetGivenUpAsync(given.Id, cancellationToken);
        }

        if (json)
        {
            JsonOutput.Write(events);
            return ExitCodes.Done;
        }

        Write(events);
        if (redeliver || forget)
        {
            Console.WriteLine(redeliver ? $"{events.Length} are delivered once more while 'pipeline run' runs." : $"{events.Length} are forgotten.");
        }

        return ExitCodes.Done;
    }

    private static void Write(ImmutableArray<GivenUpEvent> events)
    {
        if (events.IsEmpty)
        {
            Console.WriteLine("Every event was delivered, or still is being tried.");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("time", "event", "object", "attempts", "last error");
        foreach (var given in events)
        {
            table.AddTextRow(Texts.Time(given.Time), given.Type[(given.Type.LastIndexOf('.') + 1)..], $"{given.Bucket}/{given.Name}", $"{given.Attempts}", given.LastError ?? "");
        }

        TableOutput.Create().Write(table);
    }
}
