using Pipeline.Inference.Execution.Plans.Threads;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>What all plans of a session share. Safe for concurrent use.</summary>
internal sealed class PlanResources
{
    /// <param name="pool">Null: that of the process.</param>
    public PlanResources(SessionOptions options, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Pool = pool ?? WorkerPool.Shared;
        Threads = Math.Min(options.Threads ?? Pool.Threads, Pool.Threads);
        MaxRunBytes = options.MaxRunBytes;
        Weights = new WeightPacker(options.MaxConstantBytes);
    }

    /// <summary>The most bytes that one run may take.</summary>
    public long MaxRunBytes { get; }

    public WorkerPool Pool { get; }

    /// <summary>The most threads that work on one run, its own included.</summary>
    public int Threads { get; }

    public Sharing Sharing { get; init; } = Sharing.Default;

    public WeightPacker Weights { get; }

    public ConstantStore Constants { get; } = new();

    public ArenaPool Arenas { get; } = new();
}
