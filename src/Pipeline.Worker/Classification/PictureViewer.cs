using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Classification;

/// <summary>Shows people what was uploaded and what a model is fed of it. One picture at a time, so that looking leaves the processors to classifying.</summary>
public sealed class PictureViewer : IDisposable
{
    private static readonly DecodeOptions Lenient = new() { AcceptTruncated = true };

    private readonly ModelRegistry _models;
    private readonly ClassificationOptions _options;
    private readonly ImageDecoder _decoder;
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="options">Valid; the limits of decoding are those of classifying.</param>
    public PictureViewer(ModelRegistry models, ClassificationOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _models = models;
        _options = options;
        _decoder = new ImageDecoder(timeProvider);
    }

    /// <summary>The media type of a file by its own bytes, or null where they are no picture that is decoded here.</summary>
    public string? FindMediaType(ReadOnlyMemory<byte> content)
    {
        try
        {
            return $"image/{_decoder.Identify(content.Span, _options.Decoding).Format.ToString().ToLowerInvariant()}";
        }
        catch (ImageException)
        {
            return null;
        }
    }

    /// <summary>The picture upright, in its own aspect, as PNG; of one that ends early, what there is.</summary>
    /// <param name="side">The longer side in pixels, at least 1; smaller pictures keep their size.</param>
    /// <exception cref="ClassificationException">The file gives no picture.</exception>
    public Task<ReadOnlyMemory<byte>> ShrinkAsync(ReadOnlyMemory<byte> content, int side, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        return RunAsync(
            () =>
            {
                var image = _decoder.Decode(content, _options.Decoding, Lenient, cancellationToken);
                return PngPicture.Encode(Shrink(image, side));
            },
            cancellationToken);
    }

    /// <summary>What a model sees of the picture, as PNG: the values of its input tensor turned back into pixels.</summary>
    /// <param name="model">Null for the default model.</param>
    /// <exception cref="ClassificationException">The file gives no picture, or the model is not there.</exception>
    public async Task<ReadOnlyMemory<byte>> LookAsync(string? model, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var lookup = await _models.FindAsync(model, cancellationToken);
        if (lookup.Model is not { } served)
        {
            throw new ClassificationException(lookup.Failure!.Code, lookup.Failure.Message);
        }

        return await RunAsync(() => PngPicture.Encode(served.Look(content, _options.Decoding, cancellationToken)), cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private static PixelBuffer<byte> Shrink(PixelBuffer<byte> image, int side)
    {
        var longer = Math.Max(image.Width, image.Height);
        if (longer <= side)
        {
            return image;
        }

        var width = Math.Max(1, (int)((long)image.Width * side / longer));
        var height = Math.Max(1, (int)((long)image.Height * side / longer));
        return (PixelBuffer<byte>)Resizer.Resize(image, width, height, new Resampling(ResizeMethod.PillowBox));
    }

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (ImageException error)
        {
            throw new ClassificationException(ImageFailures.CodeOf(error), error.Message, innerException: error);
        }
        catch (OutOfMemoryException error)
        {
            throw new ClassificationException(FailureCode.OutOfMemory, "There was not enough memory to show this picture.", innerException: error);
        }
        finally
        {
            _turn.Release();
        }
    }
}
