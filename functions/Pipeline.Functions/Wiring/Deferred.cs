namespace Pipeline.Functions.Wiring;

/// <summary>Something that is opened when it is first needed, and again after a failure: a store that is locked must not keep the port closed.</summary>
internal sealed class Deferred<T> : IDisposable
    where T : class, IDisposable
{
    private readonly Func<CancellationToken, Task<T>> _open;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile T? _value;

    public Deferred(Func<CancellationToken, Task<T>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        _open = open;
    }

    public bool IsOpen => _value is not null;

    /// <summary>The value; whatever opening throws is thrown here.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        if (_value is { } value)
        {
            return value;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _value ??= await _open(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _value?.Dispose();
        _turn.Dispose();
    }
}
