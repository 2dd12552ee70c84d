using System.Collections.Immutable;
using System.Threading.Channels;
using Pipeline.Embedded.Page.Following;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>A source that is told what each look finds, and counts them. Its pace is one second watched, one hour alone.</summary>
internal sealed class ScriptedSource : IChangeSource
{
    private readonly Channel<int> _looked = Channel.CreateUnbounded<int>();
    private int _looks;

    public ChangePace Pace { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), Restraint: 0);

    public int Looks => Volatile.Read(ref _looks);

    /// <summary>What a look finds; by default a store without documents.</summary>
    public Func<long?, CancellationToken, Task<ChangeLook>> Find { get; set; } = static (after, _) =>
        Task.FromResult(after is { } last ? ChangeLook.Nothing(last) : ChangeLook.Anew(1, AsyncEnumerable.Empty<DocumentSnapshot>()));

    /// <summary>Ends with the next look that was not waited for yet.</summary>
    public Task NextLookAsync() => _looked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<ChangeLook> LookAsync(long? after, CancellationToken cancellationToken)
    {
        _looked.Writer.TryWrite(Interlocked.Increment(ref _looks));
        return Find(after, cancellationToken);
    }

    public Task<ImmutableArray<BoardChange>> ReadHistoryAsync(long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<BoardChange>.Empty);
}
