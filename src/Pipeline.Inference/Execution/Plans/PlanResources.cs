namespace Pipeline.Inference.Execution.Plans;

/// <summary>What all plans of a session share. Safe for concurrent use.</summary>
internal sealed class PlanResources
{
    public PlanResources(SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MaxRunBytes = options.MaxRunBytes;
        Weights = new WeightPacker(options.MaxConstantBytes);
    }

    /// <summary>The most bytes that one run may take.</summary>
    public long MaxRunBytes { get; }

    public WeightPacker Weights { get; }

    public ConstantStore Constants { get; } = new();

    public ArenaPool Arenas { get; } = new();
}
