using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>A function of each element that is applied to results in place while they are in the nearest cache.</summary>
internal sealed unsafe class RowFunction
{
    private readonly delegate*<float*, long, void> _run;

    private RowFunction(delegate*<float*, long, void> run)
    {
        _run = run;
    }

    /// <summary>Whether there is one of a kind.</summary>
    public static bool Has(UnaryFunction function) => function is UnaryFunction.HardSwish or UnaryFunction.Swish or UnaryFunction.Sigmoid;

    /// <param name="function">One that <see cref="Has"/> knows.</param>
    public static RowFunction Create(KernelTier tier, UnaryFunction function) => tier switch
    {
        KernelTier.Vector512 => Create<Lanes512>(function),
        KernelTier.Vector256 => Create<Lanes256>(function),
        _ => Create<LanesPortable>(function),
    };

    /// <param name="count">A multiple of 16.</param>
    public void Apply(float* values, long count) => _run(values, count);

    private static RowFunction Create<TLanes>(UnaryFunction function)
        where TLanes : struct, ILanes<TLanes> => function switch
        {
            UnaryFunction.HardSwish => new RowFunction(&Run<TLanes, LanesFunctions.HardSwish>),
            UnaryFunction.Swish => new RowFunction(&Run<TLanes, LanesFunctions.Swish>),
            UnaryFunction.Sigmoid => new RowFunction(&Run<TLanes, LanesFunctions.Sigmoid>),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function of rows."),
        };

    private static void Run<TLanes, TFunction>(float* values, long count)
        where TLanes : struct, ILanes<TLanes>
        where TFunction : struct, ILanesFunction => LanesLoop.Run<TLanes, TFunction>(values, values, false, values, count, 0, 0);
}
