namespace Pipeline.Worker.Uploads;

/// <summary>Bounds the time of work.</summary>
internal static class TimeLimit
{
    /// <summary>Ends what takes longer, also where it does not listen to its token: then it is left behind.</summary>
    /// <param name="onTimeout">What is thrown then.</param>
    public static async Task<T> RunAsync<T>(
        TimeSpan limit,
        TimeProvider time,
        Func<CancellationToken, Task<T>> work,
        Func<Exception> onTimeout,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await work(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw onTimeout();
        }
    }
}
