using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Worker.Tests.ModelStore.Support;

/// <summary>A model that answers what it is told, and counts.</summary>
internal sealed class StubModel : IServedModel
{
    private int _running;
    private int _mostRunning;
    private int _warmUps;

    public ModelFacts Facts { get; init; } = new("stub", "7", new string('a', 64), ModelFormat.SavedModel);

    /// <summary>What a picture gives; waits for nothing by default.</summary>
    public Func<CancellationToken, Ranking> Answer { get; init; } = _ => new Ranking("cat", 0.75, [new ScoredLabel("cat", 0.75, 3), new ScoredLabel("dog", 0.25, 1)]);

    public Action<CancellationToken> OnWarmUp { get; init; } = _ => { };

    public int WarmUps => _warmUps;

    public int MostRunning => _mostRunning;

    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;

    public Prediction Classify(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        InterlockedMax(ref _mostRunning, Interlocked.Increment(ref _running));
        try
        {
            var header = new ImageHeader(ImageFormat.Jpeg, 1, 1, 1, false, 1);
            var timings = new StageTimings(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3));
            return new Prediction(Answer(cancellationToken), header, timings);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public PixelBuffer<byte> Look(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken) => new(2, 1, 3, [1, 2, 3, 4, 5, 6]);

    public void WarmUp(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _warmUps);
        OnWarmUp(cancellationToken);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
