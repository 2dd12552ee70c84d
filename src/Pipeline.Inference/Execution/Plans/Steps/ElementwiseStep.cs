using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A function of each element of a value, or of two values of which the second may be broadcast.</summary>
internal sealed unsafe class ElementwiseStep<TLanes, TFunction> : PlanStep
    where TLanes : struct, ILanes<TLanes>
    where TFunction : struct, ILanesFunction
{
    // Floats of a share's smallest part.
    private const int Part = 1024;

    private readonly ElementwiseOperand _operand;
    private readonly float _low;
    private readonly float _high;

    /// <summary>A function of one value.</summary>
    public ElementwiseStep(string name, PlanValue value, PlanValue output, float low, float high)
        : base(name, [value], [output])
    {
        _operand = ElementwiseOperand.None;
        _low = low;
        _high = high;
    }

    /// <summary>A function of two values.</summary>
    /// <param name="first">Of the shape and kind of layout of the output.</param>
    /// <param name="second">Plain, or blocked where the first is and they meet element by element.</param>
    public ElementwiseStep(string name, PlanValue first, PlanValue second, ElementwiseOperand operand, PlanValue output)
        : base(name, [first, second], [output])
    {
        _operand = operand;
    }

    public override int Units => Outputs[0].IsBlocked ? Rows.Units
        : AreRows ? Outputs[0].Shape.ElementCount / Outputs[0].Shape[^1]
        : (int)((Outputs[0].Length + Part - 1) / Part);

    private BlockedRows Rows => new(Outputs[0].Shape[0], Outputs[0].Blocks, Outputs[0].Shape[1]);

    private bool AreRows => _operand is ElementwiseOperand.Channels or ElementwiseOperand.Rows;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var first = run.Pointer(Inputs[0]) + (Inputs[0].IsBlocked ? Inputs[0].FirstPixel : 0);
        var second = _operand == ElementwiseOperand.None ? first : run.Pointer(Inputs[1]);
        var output = run.Pointer(Outputs[0]);
        if (Outputs[0].IsBlocked)
        {
            RunBlocks(first, second, output + Outputs[0].FirstPixel, share, shares);
        }
        else if (AreRows)
        {
            RunRows(first, second, output, share, shares);
        }
        else
        {
            var isScalar = _operand == ElementwiseOperand.Scalar;
            var (start, count) = Split(Units, share, shares);
            var from = (long)start * Part;
            var length = Math.Min(Outputs[0].Length, (long)(start + count) * Part) - from;
            Apply(first + from, isScalar ? second : second + from, isScalar, output + from, length);
        }
    }

    private void RunRows(float* first, float* second, float* output, int share, int shares)
    {
        var shape = Outputs[0].Shape;
        var width = shape[^1];
        var (start, count) = Split(Units, share, shares);
        for (long row = start; row < start + count; row++)
        {
            var isScalar = _operand == ElementwiseOperand.Rows;
            Apply(first + (row * width), isScalar ? second + row : second, isScalar, output + (row * width), width);
        }
    }

    private void RunBlocks(float* first, float* second, float* output, int share, int shares)
    {
        var (from, to) = (Inputs[0].Layout, Outputs[0].Layout);
        var shape = Outputs[0].Shape;
        var (start, count) = Split(Units, share, shares);
        for (var rows = Rows.Of(start, count); rows.MoveNext();)
        {
            var (picture, block, row) = (rows.Picture, rows.Block, rows.Row);
            var source = first + (picture * from.PictureStride) + (block * from.BlockStride) + (row * from.RowStride);
            var target = output + (picture * to.PictureStride) + (block * to.BlockStride) + (row * to.RowStride);
            var channel = block * Layout.BlockSize;
            switch (_operand)
            {
                case ElementwiseOperand.Channels:
                    RunChannels(source, second + channel, Math.Min(Layout.BlockSize, shape[3] - channel), target);
                    break;
                case ElementwiseOperand.ChannelsOfPicture:
                    RunChannels(source, second + ((long)picture * shape[3]) + channel, Math.Min(Layout.BlockSize, shape[3] - channel), target);
                    break;
                default:
                    Apply(source, Second(source, second, picture, block, row), _operand == ElementwiseOperand.Scalar, target, (long)shape[2] * Layout.BlockSize);
                    break;
            }
        }
    }

    /// <summary>What meets a row of a block.</summary>
    private float* Second(float* source, float* second, int picture, int block, int row)
    {
        var (other, layout) = (Inputs[^1], Inputs[^1].Layout);
        return _operand switch
        {
            ElementwiseOperand.Same => second + other.FirstPixel + (picture * layout.PictureStride) + (block * layout.BlockStride) + (row * layout.RowStride),
            ElementwiseOperand.Scalar => second,
            _ => source,
        };
    }

    /// <param name="lanes">How many of the sixteen channels there are.</param>
    private void RunChannels(float* source, float* channels, int lanes, float* target)
    {
        var buffer = stackalloc float[Layout.BlockSize];
        new ReadOnlySpan<float>(channels, lanes).CopyTo(new Span<float>(buffer, lanes));
        var numbers = TLanes.Load(buffer);
        var (low, high) = (TLanes.Create(_low), TLanes.Create(_high));
        for (var x = 0; x < Outputs[0].Shape[2] * Layout.BlockSize; x += Layout.BlockSize)
        {
            TFunction.Apply(TLanes.Load(source + x), numbers, low, high).Store(target + x);
        }
    }

    private void Apply(float* first, float* second, bool isScalar, float* target, long length) =>
        LanesLoop.Run<TLanes, TFunction>(first, second, isScalar, target, length, _low, _high);
}
