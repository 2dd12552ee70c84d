namespace Pipeline.Hosting.Health;

/// <summary>Keeps this instance warm. Called for events of type <c>pipeline.warmup</c>, before any data is read.</summary>
public interface IWarmUp
{
    /// <summary>Does once what a real request needs, for example one inference.</summary>
    /// <exception cref="Functions.RetryLaterException">Not ready yet.</exception>
    Task WarmAsync(CancellationToken cancellationToken);
}
