using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Worker.Tests.ModelStore.Support;

/// <summary>A loader that does what it is told for each load, by number from 1.</summary>
internal sealed class StubLoader : IModelLoader
{
    private readonly Func<ModelSource, int, CancellationToken, IServedModel> _load;
    private readonly ConcurrentQueue<string> _loaded = new();
    private int _running;

    public StubLoader(Func<ModelSource, int, CancellationToken, IServedModel> load) => _load = load;

    public StubLoader(IServedModel model)
        : this((_, _, _) => model)
    {
    }

    /// <summary>The names in the order in which loads began.</summary>
    public IReadOnlyList<string> Loaded => [.. _loaded];

    public bool HasOverlapped { get; private set; }

    /// <summary>What lies there; null where nothing does.</summary>
    public ImmutableArray<ModelCandidate>? Candidates { get; set; } = [new ModelCandidate("/models/only", null, "first")];

    /// <summary>The candidate of the last load.</summary>
    public ModelCandidate? Last { get; private set; }

    public ImmutableArray<ModelCandidate> Look(ModelSource source) => Candidates ?? throw new DirectoryNotFoundException("There is no such folder.");

    public IServedModel Load(ModelSource source, ModelCandidate candidate, CancellationToken cancellationToken)
    {
        HasOverlapped |= Interlocked.Increment(ref _running) > 1;
        try
        {
            Last = candidate;
            _loaded.Enqueue(source.Name);
            return _load(source, _loaded.Count, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
