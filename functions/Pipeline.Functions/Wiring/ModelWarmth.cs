using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Health;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Functions.Wiring;

/// <summary>Whether the models are ready, and how they are kept so.</summary>
internal sealed class ModelWarmth : IReadiness, IWarmUp
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ModelRegistry _models;
    private readonly IImageClassifier _classifier;

    public ModelWarmth(ModelRegistry models, IImageClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(classifier);
        _models = models;
        _classifier = classifier;
    }

    /// <summary>One sentence for each required model that is not ready. Why one failed is for operators: the log says it.</summary>
    public IReadOnlyList<string> Missing() =>
    [
        .. _models.Statuses
            .Where(status => status.Source.IsRequired && status.State != ModelState.Ready)
            .Select(status => status.State == ModelState.Failed
                ? $"The model '{status.Source.Name}' cannot be used; the log says why."
                : $"The model '{status.Source.Name}' is still being loaded."),
    ];

    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _classifier.WarmUpAsync(cancellationToken);
        }
        catch (ClassificationException exception)
        {
            throw new RetryLaterException(exception.Message, RetryAfter, exception);
        }
    }
}
