using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;

namespace Pipeline.Models.Package;

/// <summary>Has the code for decoding and running compiled while something else is done: a model's files are read, a host is built.</summary>
public static class CodePreparation
{
    /// <summary>A grey JPEG of 16 by 16 pixels.</summary>
    private const string Picture =
        "/9j/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAAQABADAREAAhEAAxEA/8QAFQABAQAAAAAAAAAAAAAAAAAA"
        + "AAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIAAwAAPwClSpAAAf/Z";

    /// <summary>Begins on a thread of its own: those of the pool are few, and others wait for them at the start. On a machine of one processor nothing is done: there it would only delay.</summary>
    public static Task StartAsync(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return Environment.ProcessorCount < 2
            ? Task.CompletedTask
            : Task.Factory.StartNew(() => Run(timeProvider), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    internal static void Run(TimeProvider timeProvider)
    {
        using (Stages.Begin("engine prepared"))
        {
            EnginePreparation.Run();
        }

        using var stage = Stages.Begin("decoder prepared");
        new ImageDecoder(timeProvider).Decode(Convert.FromBase64String(Picture), DecodeLimits.Default, DecodeOptions.Default, CancellationToken.None);
    }
}
