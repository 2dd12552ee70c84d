using Microsoft.Extensions.Logging;
using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Classification;

/// <summary>Classifies with the models of the registry, within limits of size, time and number at once.</summary>
public sealed partial class ImageClassifier : IImageClassifier, IDisposable
{
    private readonly ModelRegistry _models;
    private readonly ClassificationOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ImageDecoder _decoder;
    private readonly SemaphoreSlim _turns;

    /// <exception cref="ArgumentException">The options are not valid; everything that is wrong.</exception>
    public ImageClassifier(ModelRegistry models, ClassificationOptions options, TimeProvider timeProvider, ILogger<ImageClassifier> logger)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _models = models;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _decoder = new ImageDecoder(timeProvider);
        _turns = new SemaphoreSlim(options.MaxConcurrency);
    }

    public async Task<bool> WaitUntilReadyAsync(string? model, CancellationToken cancellationToken)
    {
        using var lookup = await _models.FindAsync(model, cancellationToken);
        return lookup.Failure?.Code != FailureCode.ModelNotReady;
    }

    public async Task<ImageClassification> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var image = Identify(request.Content);
        using var lookup = await _models.FindAsync(request.Model, cancellationToken);
        if (lookup.Model is not { } model)
        {
            throw new ClassificationException(lookup.Failure!.Code, lookup.Failure.Message, image);
        }

        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Classify(model, request.Content, image, lookup.HadToWait, cancellationToken), CancellationToken.None);
        }
        finally
        {
            _turns.Release();
        }
    }

    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        ClassificationException? first = null;
        foreach (var source in _models.Statuses.Select(status => status.Source))
        {
            try
            {
                await WarmUpAsync(source.Name, cancellationToken);
            }
            catch (ClassificationException error)
            {
                // One that is not required is told in the log when it is loaded, and by the uploads that need it.
                first = source.IsRequired ? first ?? error : first;
            }
        }

        if (first is not null)
        {
            throw first;
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task WarmUpAsync(string name, CancellationToken cancellationToken)
    {
        using var lookup = await _models.FindAsync(name, cancellationToken);
        if (lookup.Model is not { } model)
        {
            throw new ClassificationException(lookup.Failure!.Code, lookup.Failure.Message);
        }

        if (lookup.HadToWait)
        {
            return;
        }

        await _turns.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => Guarded(model, null, token => { model.WarmUp(token); return true; }, cancellationToken), CancellationToken.None);
            Log.Warmed(_logger, name);
        }
        finally
        {
            _turns.Release();
        }
    }

    private ImageFacts Identify(ReadOnlyMemory<byte> content)
    {
        if (content.Length > _options.MaxBytes)
        {
            throw new ClassificationException(FailureCode.TooLarge, $"The file has {content.Length} bytes, allowed are {_options.MaxBytes}.");
        }

        try
        {
            var header = _decoder.Identify(content.Span, _options.Decoding);
            return new ImageFacts(header.Format.ToString().ToLowerInvariant(), header.Width, header.Height, content.Length, header.Orientation);
        }
        catch (ImageException error)
        {
            throw new ClassificationException(ImageFailures.CodeOf(error), error.Message, innerException: error);
        }
    }

    private ImageClassification Classify(IServedModel model, ReadOnlyMemory<byte> content, ImageFacts image, bool isCold, CancellationToken cancellationToken)
    {
        var prediction = Guarded(model, image, token => model.Classify(content, _options.Decoding, token), cancellationToken);
        return new ImageClassification(
            prediction.Ranking.Label,
            prediction.Ranking.Score,
            [.. prediction.Ranking.Labels.Select(label => new LabelScore(label.Label, label.Score, label.Index))],
            ModelIdentity.Of(model.Facts, arm: null),
            image,
            new ClassificationTimings(prediction.Timings.Decode, prediction.Timings.Preprocess, prediction.Timings.Inference, isCold));
    }

    /// <summary>Runs work within its time, and classes what goes wrong.</summary>
    private T Guarded<T>(IServedModel model, ImageFacts? image, Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.MaxTime, _timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return work(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClassificationException(
                FailureCode.ClassificationTimedOut, $"Classifying took longer than the {_options.MaxTime.TotalSeconds:0.###} seconds allowed.", image);
        }
        catch (ImageException error)
        {
            throw new ClassificationException(ImageFailures.CodeOf(error), error.Message, innerException: error);
        }
        catch (NonFiniteScoresException error)
        {
            throw new ClassificationException(FailureCode.NonFiniteScores, "The model gave a score that is no finite number.", image, error);
        }
        catch (OutOfMemoryException error)
        {
            throw new ClassificationException(FailureCode.OutOfMemory, "There was not enough memory to classify this picture.", image, error);
        }
        catch (Exception error) when (ModelFailures.IsOfModel(error))
        {
            Log.ModelFailed(_logger, error, model.Facts.Name);
            throw new ClassificationException(FailureCode.ModelInvalid, $"The model '{model.Facts.Name}' failed while it ran.", image, error);
        }
    }
}
