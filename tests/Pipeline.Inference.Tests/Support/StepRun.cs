using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Values of steps, each in guarded memory of its own, so that no step touches what lies beside its values.</summary>
internal sealed unsafe class StepRun : IDisposable
{
    // Values are placed relative to address 0, wherever their memory is.
    private readonly float* _arena = null;
    private readonly Dictionary<PlanValue, GuardedMemory> _memory = [];

    public PlanValue Plain(params int[] dimensions) => Place(Shape.Of(dimensions), Layout.Plain);

    public PlanValue Blocked(Halo halo, params int[] dimensions) => Place(Shape.Of(dimensions), shape => Layout.Blocked16(shape, halo, 0));

    /// <summary>Numbers from -1 to 1 for the elements; halos are 0, lanes without a channel are NaN, which nobody may look at.</summary>
    public void Fill(PlanValue value, int seed)
    {
        var random = new Random(seed);
        _memory[value].Span.Fill(value.IsBlocked ? float.NaN : 0);
        if (value.IsBlocked)
        {
            Run(new HaloStep(value));
        }

        foreach (var at in Places(value))
        {
            _memory[value].Span[at] = (random.NextSingle() * 2) - 1;
        }
    }

    public float[] Elements(PlanValue value) => [.. Places(value).Select(at => _memory[value].Span[at])];

    public Span<float> Memory(PlanValue value) => _memory[value].Span;

    /// <summary>Runs a step in shares, the last first: their order says nothing.</summary>
    public void Run(PlanStep step, int shares = 1)
    {
        var run = new PlanRun(_arena, null, null);
        for (var share = shares - 1; share >= 0; share--)
        {
            step.Run(in run, share, shares);
        }
    }

    /// <summary>Where the elements of a value lie, in the order of NHWC.</summary>
    public static IEnumerable<int> Places(PlanValue value)
    {
        var shape = value.Shape;
        if (!value.IsBlocked)
        {
            return Enumerable.Range(0, shape.ElementCount);
        }

        var layout = value.Layout;
        return
            from n in Enumerable.Range(0, shape[0])
            from y in Enumerable.Range(0, shape[1])
            from x in Enumerable.Range(0, shape[2])
            from c in Enumerable.Range(0, shape[3])
            select (int)((n * layout.PictureStride) + (c / 16 * layout.BlockStride) + ((y + layout.Halo.Top) * layout.RowStride) + ((x + layout.Halo.Left) * 16) + (c % 16));
    }

    public void Dispose()
    {
        foreach (var memory in _memory.Values)
        {
            memory.Dispose();
        }
    }

    private PlanValue Place(Shape shape, Func<Shape, Layout> layout)
    {
        var value = new PlanValue($"v{_memory.Count}", shape, layout(shape));
        var memory = new GuardedMemory((int)value.Length, atEnd: _memory.Count % 2 == 0);
        value.Buffer = new PlanBuffer(-1, (nint)(memory.Pointer - _arena));
        _memory.Add(value, memory);
        return value;
    }
}
