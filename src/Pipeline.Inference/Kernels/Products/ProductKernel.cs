using System.Runtime.CompilerServices;
using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Products;

/// <summary>
/// The core of matrix products: each result is bias + Σ left · right, then what <see cref="ProductCall"/> says is done to it. The left matrix is read where it lies,
/// the right one is packed in panels of 16 columns.
/// </summary>
internal static unsafe partial class ProductKernel
{
    /// <summary>
    /// One tile of at most 7 rows by 1 or 2 panels, or of one row by 4. c0…c6 are the rows' results of the first panel, d0…d6 of the second, e and f those of the
    /// third and fourth; the conditions on the tile's size are folded by the compiler.
    /// </summary>
    /// <param name="left">The first element of the tile's first row.</param>
    /// <param name="panel">The tile's first panel.</param>
    /// <param name="bias">Of the tile's first column.</param>
    /// <param name="output">The tile's first result; whole panels are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TRows, TPanels>(ref readonly ProductCall call, float* left, float* panel, float* bias, float* output)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IKernelConstant
        where TPanels : struct, IKernelConstant
    {
        var stride = call.RowStride;
        var step = call.DepthStride;
        var next = call.PanelStride;
        TLanes c0 = TLanes.Load(bias), d0 = TPanels.Value > 1 ? TLanes.Load(bias + 16) : c0;
        TLanes e = TPanels.Value > 2 ? TLanes.Load(bias + 32) : c0, f = TPanels.Value > 2 ? TLanes.Load(bias + 48) : c0;
        TLanes c1 = c0, d1 = d0;
        TLanes c2 = c0, d2 = d0;
        TLanes c3 = c0, d3 = d0;
        TLanes c4 = c0, d4 = d0;
        TLanes c5 = c0, d5 = d0;
        TLanes c6 = c0, d6 = d0;
        var end = panel + (call.Depth * 16);
        do
        {
            var w = TLanes.Load(panel);
            var v = TPanels.Value > 1 ? TLanes.Load(panel + next) : w;
            var x = TLanes.Create(*left);
            c0 = TLanes.MultiplyAdd(x, w, c0);
            if (TPanels.Value > 1)
            {
                d0 = TLanes.MultiplyAdd(x, v, d0);
            }

            if (TPanels.Value > 2)
            {
                e = TLanes.MultiplyAdd(x, TLanes.Load(panel + (2 * next)), e);
                f = TLanes.MultiplyAdd(x, TLanes.Load(panel + (3 * next)), f);
            }

            if (TRows.Value > 1)
            {
                x = TLanes.Create(left[stride]);
                c1 = TLanes.MultiplyAdd(x, w, c1);
                if (TPanels.Value > 1)
                {
                    d1 = TLanes.MultiplyAdd(x, v, d1);
                }
            }

            if (TRows.Value > 2)
            {
                x = TLanes.Create(left[2 * stride]);
                c2 = TLanes.MultiplyAdd(x, w, c2);
                if (TPanels.Value > 1)
                {
                    d2 = TLanes.MultiplyAdd(x, v, d2);
                }
            }

            if (TRows.Value > 3)
            {
                x = TLanes.Create(left[3 * stride]);
                c3 = TLanes.MultiplyAdd(x, w, c3);
                if (TPanels.Value > 1)
                {
                    d3 = TLanes.MultiplyAdd(x, v, d3);
                }
            }

            if (TRows.Value > 4)
            {
                x = TLanes.Create(left[4 * stride]);
                c4 = TLanes.MultiplyAdd(x, w, c4);
                if (TPanels.Value > 1)
                {
                    d4 = TLanes.MultiplyAdd(x, v, d4);
                }
            }

            if (TRows.Value > 5)
            {
                x = TLanes.Create(left[5 * stride]);
                c5 = TLanes.MultiplyAdd(x, w, c5);
                if (TPanels.Value > 1)
                {
                    d5 = TLanes.MultiplyAdd(x, v, d5);
                }
            }

            if (TRows.Value > 6)
            {
                x = TLanes.Create(left[6 * stride]);
                c6 = TLanes.MultiplyAdd(x, w, c6);
                if (TPanels.Value > 1)
                {
                    d6 = TLanes.MultiplyAdd(x, v, d6);
                }
            }

            left += step;
            panel += 16;
        }
        while (panel < end);

        c0.Store(output);
        if (TPanels.Value > 1)
        {
            d0.Store(output + 16);
        }

        if (TPanels.Value > 2)
        {
            e.Store(output + 32);
            f.Store(output + 48);
        }

        if (TRows.Value > 1)
        {
            output += call.OutputRowStride;
            c1.Store(output);
            if (TPanels.Value > 1)
            {
                d1.Store(output + 16);
            }
        }

        if (TRows.Value > 2)
        {
            output += call.OutputRowStride;
            c2.Store(output);
            if (TPanels.Value > 1)
            {
                d2.Store(output + 16);
            }
        }

        if (TRows.Value > 3)
        {
            output += call.OutputRowStride;
            c3.Store(output);
            if (TPanels.Value > 1)
            {
                d3.Store(output + 16);
            }
        }

        if (TRows.Value > 4)
        {
            output += call.OutputRowStride;
            c4.Store(output);
            if (TPanels.Value > 1)
            {
                d4.Store(output + 16);
            }
        }

        if (TRows.Value > 5)
        {
            output += call.OutputRowStride;
            c5.Store(output);
            if (TPanels.Value > 1)
            {
                d5.Store(output + 16);
            }
        }

        if (TRows.Value > 6)
        {
            output += call.OutputRowStride;
            c6.Store(output);
            if (TPanels.Value > 1)
            {
                d6.Store(output + 16);
            }
        }
    }
}
