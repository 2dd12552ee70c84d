namespace Pipeline.Benchmarks.Starting;

/// <summary>What a program is asked over HTTP until it answers 200.</summary>
internal abstract class StartQuestion
{
    /// <summary>Does what must be done before the program starts; it is not measured.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The request; a new one for each try.</summary>
    /// <param name="program">Where the program listens.</param>
    public abstract HttpRequestMessage Create(Uri program);
}
