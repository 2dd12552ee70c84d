using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Cli.Running;

/// <summary>What keeps the product from running here, in a sentence, and what to do.</summary>
internal static class RunFailures
{
    /// <summary>Whether it is the machine's doing, and no mistake in the program.</summary>
    public static bool IsOfTheMachine(Exception error) =>
        error is FolderInUseException or InvalidDatabaseException or DocumentStoreException or ObjectStoreException or IOException or UnauthorizedAccessException;

    public static string Describe(Exception error, LocalRunOptions options) => error switch
    {
        FolderInUseException inUse =>
            $"Another 'pipeline run' works in this folder (it holds {inUse.LockPath}). Stop it, or give this one another folder with --data and other ports with --port and --storage-port.",
        IOException { InnerException: AddressInUseException } => DescribePort(error, options),
        ObjectStoreException { Name.Length: 0 } => $"{error.Message} Name a folder that you may write with --data; 'pipeline doctor' looks for the cause.",
        _ => error.Message,
    };

    private static string DescribePort(Exception error, LocalRunOptions options)
    {
        var isStorage = error.Message.Contains(string.Create(CultureInfo.InvariantCulture, $":{options.StoragePort}"), StringComparison.Ordinal);
        return isStorage
            ? $"Port {options.StoragePort} is taken. Choose another one for the page and the storage endpoint with --storage-port, or stop what holds it."
            : $"Port {options.Port} is taken. Choose another one for the worker with --port, or stop what holds it.";
    }
}
