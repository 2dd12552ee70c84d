using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Products;

/// <summary>Finishes results while they are in the first-level cache.</summary>
internal static unsafe class ProductFinishing
{
    /// <param name="results">Sums, which become the results.</param>
    /// <param name="scale">Of the first column, or null.</param>
    public static void Run<TLanes, TFunction>(ref readonly ProductFinish finish, float* results, float* scale, int count)
        where TLanes : struct, ILanes<TLanes>
        where TFunction : struct, ILanesFunction
    {
        var residual = finish.HasResidual ? results + finish.ResidualOffset : null;
        var index = 0;
        for (; index <= count - 16; index += 16)
        {
            Apply<TLanes, TFunction>(in finish, results + index, scale is null ? null : scale + index, residual is null ? null : residual + index, results + index);
        }

        var left = count - index;
        if (left == 0)
        {
            return;
        }

        var buffer = stackalloc float[32];
        new ReadOnlySpan<float>(results + index, left).CopyTo(new Span<float>(buffer, left));
        if (residual is not null)
        {
            new ReadOnlySpan<float>(residual + index, left).CopyTo(new Span<float>(buffer + 16, left));
        }

        Apply<TLanes, TFunction>(in finish, buffer, scale is null ? null : scale + index, residual is null ? null : buffer + 16, buffer);
        new ReadOnlySpan<float>(buffer, left).CopyTo(new Span<float>(results + index, left));
    }

    private static void Apply<TLanes, TFunction>(ref readonly ProductFinish finish, float* sums, float* scale, float* residual, float* results)
        where TLanes : struct, ILanes<TLanes>
        where TFunction : struct, ILanesFunction
    {
        var value = TLanes.Load(sums);
        if (scale is not null)
        {
            value *= TLanes.Load(scale);
        }

        if (residual is not null)
        {
            value += TLanes.Load(residual);
        }

        TFunction.Apply(value, value, TLanes.Create(finish.Low), TLanes.Create(finish.High)).Store(results);
    }
}
