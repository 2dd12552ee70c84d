namespace Pipeline.Inference.Execution.Plans;

/// <summary>The memory of one run of a plan.</summary>
internal readonly unsafe struct PlanRun
{
    private readonly float* _arena;
    private readonly float** _inputs;
    private readonly InterpretedRun? _interpreted;

    /// <param name="inputs">Those that are tensors, by their number among all inputs.</param>
    /// <param name="interpreted">Null where a plan has no interpreted nodes.</param>
    public PlanRun(float* arena, float** inputs, InterpretedRun? interpreted)
    {
        _arena = arena;
        _inputs = inputs;
        _interpreted = interpreted;
    }

    public InterpretedRun Interpreted => _interpreted ?? throw new InvalidOperationException("The plan has no interpreted nodes.");

    /// <summary>The elements of an input that is a tensor.</summary>
    public void* Input(int number) => _inputs[number];

    public float* Pointer(PlanValue value)
    {
        if (value.Constant is { } constant)
        {
            return constant.Pointer;
        }

        var buffer = (value.Owner ?? value).Buffer;
        return (buffer.Input < 0 ? _arena : _inputs[buffer.Input]) + buffer.Offset + value.OwnerOffset;
    }
}
