using System.Globalization;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Imaging.Decoding;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Cli.Checking;

/// <summary>The models and what decodes pictures for them.</summary>
internal static class ModelChecks
{
    private const int Runs = 5;

    // One white pixel.
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

    public static Finding Decoder(TimeProvider time)
    {
        try
        {
            new ImageDecoder(time).Decode(Convert.FromBase64String(Png), new DecodeLimits(), new DecodeOptions(), CancellationToken.None);
            return Finding.Good("decoders", "the native library for PNG, WebP, GIF and BMP is there");
        }
#pragma warning disable CA1031 // Whatever keeps it from working is what the check is for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Finding.Bad(
                "decoders",
                $"pictures cannot be decoded: {error.GetBaseException().Message}",
                "Publish for this platform (dotnet publish -r linux-x64, linux-arm64 …), so that libSkiaSharp lies beside the program.");
        }
    }

    /// <summary>Loads a model, warms it, and measures a warm run.</summary>
    public static Finding Model(ModelSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = $"model {source.Name}";
        if (CloudFolder.IsMeant(source.Folder))
        {
            return Finding.Note(name, $"{source.Folder} is copied when the service starts, and not looked into here", "Look at a copy of it: pipeline model inspect FOLDER");
        }

        try
        {
            var loader = new PackageModelLoader(time);
            var start = time.GetTimestamp();
            using var model = loader.Load(source, loader.Look(source)[0], cancellationToken);
            var loaded = time.GetElapsedTime(start);
            start = time.GetTimestamp();
            model.WarmUp(cancellationToken);
            var warmed = time.GetElapsedTime(start);
            var best = Enumerable.Range(0, Runs).Min(_ => Measure(model, time, cancellationToken));
            return Finding.Good(name, string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Facts.Name} {model.Facts.Version}: loaded in {loaded.TotalMilliseconds:0} ms, first run {warmed.TotalMilliseconds:0} ms, warm {best.TotalMilliseconds:0.0} ms"));
        }
#pragma warning disable CA1031 // Whatever keeps it from working is what the check is for.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Finding.Bad(name, error.Message, $"Look at it: pipeline model inspect {source.Folder}");
        }
    }

    private static TimeSpan Measure(IServedModel model, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        model.WarmUp(cancellationToken);
        return time.GetElapsedTime(start);
    }
}
