using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Faults;

/// <summary>An object store with faults by seed and rate.</summary>
public sealed class FaultyObjectStore : IObjectStore
{
    private readonly IObjectStore _inner;
    private readonly TimeProvider _time;
    private readonly FaultDice _dice;
    private FaultPlan _plan = FaultPlan.None;

    /// <param name="time">The clock that delays are waited on.</param>
    public FaultyObjectStore(IObjectStore inner, FaultPlan plan, int seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(time);
        _inner = inner;
        _time = time;
        _dice = new FaultDice(seed);
        Plan = plan;
    }

    /// <summary>What was injected so far.</summary>
    public FaultCounts Injected { get; } = new();

    /// <summary>Applies to calls that begin after it is set.</summary>
    public FaultPlan Plan
    {
        get => _plan;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Validate();
            _plan = value;
        }
    }

    public async Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        var plan = Plan;
        return await BeginAsync("find", plan, plan.Finds, cancellationToken) switch
        {
            null => await _inner.FindLiveAsync(bucket, name, cancellationToken),
            ObjectFault.NotFound => null,
            { } fault => throw Failure(fault, bucket, name),
        };
    }

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        var plan = Plan;
        var fault = await BeginAsync("download", plan, plan.Downloads, cancellationToken);
        if (fault is not (null or ObjectFault.CutBody or ObjectFault.CorruptBody))
        {
            throw Failure(fault.Value, version.Bucket, version.Name);
        }

        var body = await _inner.DownloadAsync(version, maxBytes, cancellationToken);
        if (fault is null || body.IsEmpty)
        {
            return body;
        }

        var position = _dice.Below(body.Length);
        return fault == ObjectFault.CutBody ? body[..position] : WithAnotherByteAt(position, body);
    }

    /// <summary>Draws, counts, and waits where the fault is one of time.</summary>
    private async Task<ObjectFault?> BeginAsync(string method, FaultPlan plan, ObjectFaultRates rates, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var delayed = _dice.Roll(rates.Delayed);
        var fault = _dice.Pick(rates.Exclusive());
        if (fault is not null)
        {
            Injected.Add(method, fault);
        }

        if (delayed)
        {
            Injected.Add(method, ObjectFault.Delayed);
            await Task.Delay(_dice.Between(plan.ShortestDelay, plan.LongestDelay), _time, cancellationToken);
        }

        if (fault == ObjectFault.Stalled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        }

        return fault;
    }

    private ReadOnlyMemory<byte> WithAnotherByteAt(int position, ReadOnlyMemory<byte> body)
    {
        var corrupt = body.ToArray();
        corrupt[position] ^= (byte)(1 + _dice.Below(255));
        return corrupt;
    }

    private static ObjectStoreException Failure(ObjectFault fault, string bucket, string name) => new(
        fault switch
        {
            ObjectFault.NotFound => ObjectStoreError.NotFound,
            ObjectFault.TooLarge => ObjectStoreError.TooLarge,
            ObjectFault.PermissionDenied => ObjectStoreError.PermissionDenied,
            ObjectFault.ChecksumMismatch => ObjectStoreError.ChecksumMismatch,
            _ => ObjectStoreError.Unavailable,
        },
        bucket,
        name,
        $"injected: {fault}");
}
