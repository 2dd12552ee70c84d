using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Makes the steps of one node after the other, for one width of lanes.</summary>
internal sealed partial class NodeSteps<TLanes> : INodeSteps
    where TLanes : struct, ILanes<TLanes>
{
    private readonly PlanBuilder _builder;

    public NodeSteps(PlanBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _builder = builder;
    }

    public bool TryAdd(Node node) => node.Operator switch
    {
        Conv2D convolution => TryConvolution(node, convolution),
        FusedConvolution fused => TryConvolution(node, fused.Convolution),
        DepthwiseConv2D convolution => TryDepthwise(node, convolution),
        Dense dense => TryDense(node, dense),
        FusedDense fused => TryDense(node, fused.Product, fused.Function),
        MatMul product => TryMatMul(node, product),
        Einsum einsum => TryEinsum(node, einsum),
        LayerNormalization normalization => TryLayerNormalization(node, normalization),
        MaxPool2D pool => TryPool(node, new PictureWindow(pool.Kernel, pool.Strides, new Extent2D(1, 1), pool.Padding), mean: false),
        AveragePool2D pool => TryPool(node, new PictureWindow(pool.Kernel, pool.Strides, new Extent2D(1, 1), pool.Padding), mean: true),
        Reduce { Function: ReduceFunction.Mean } => TryGlobalMean(node) || TryRowMean(node) || TryReduce(node, ReduceFunction.Mean),
        Reduce reduce => TryReduce(node, reduce.Function),
        Transpose transpose => TryTranspose(node) || TryMove(node, transpose),
        BiasAdd => TryBinary<LanesFunctions.Add>(node, node.Inputs[0], node.Inputs[1]),
        Softmax => TrySoftmax(node),
        Clamp clamp => TryUnary<LanesFunctions.Clamp>(node, clamp.Range.Low, clamp.Range.High),
        LeakyRelu leaky => TryUnary<LanesFunctions.LeakyRelu>(node, leaky.Alpha),
        Unary unary => TryUnary(node, unary.Function),
        Binary binary => TryBinary(node, binary.Function),
        Concat concat => TryConcat(node) || TryMove(node, concat),
        Pad pad => TryPad(node, pad),
        ResizeNearest resize => TryNearest(node, resize),
        ResizeBilinear resize => TryBilinear(node, resize),
        Reshape or Squeeze or ExpandDims or Identity => TryView(node),
        Cast { Target: DataType.Float32 } => TryWiden(node),
        Gather gather => TryGather(node, gather),
        IStridedMoves moving => TryMove(node, moving),
        _ => false,
    };

    private bool TryWiden(Node node)
    {
        var input = node.Inputs[0];
        return input.DataType switch
        {
            _ when !_builder.IsHeld(input) || input.Shape.ToShape().ElementCount == 0 => false,
            DataType.UInt8 => Widen<byte>(),
            DataType.Int8 => Widen<sbyte>(),
            DataType.UInt16 => Widen<ushort>(),
            DataType.Int16 => Widen<short>(),
            DataType.UInt32 => Widen<uint>(),
            DataType.Int32 => Widen<int>(),
            DataType.Int64 => Widen<long>(),
            DataType.Float16 => Widen<Half>(),
            DataType.Float64 => Widen<double>(),
            _ => false,
        };

        bool Widen<T>()
            where T : unmanaged, System.Numerics.INumber<T>
        {
            _builder.Add(new WidenStep<T>(node.Name, _builder.Any(input), _builder.MakePlain(node.Outputs[0])));
            return true;
        }
    }

    private bool TryView(Node node)
    {
        if (!_builder.Has(node.Inputs[0]))
        {
            return false;
        }

        _builder.Alias(node.Outputs[0], _builder.Plain(node.Inputs[0]));
        return true;
    }

    private bool TrySoftmax(Node node)
    {
        if (!_builder.Has(node.Inputs[0]) || node.Outputs[0].Shape.Rank == 0 || node.Outputs[0].Shape.ToShape().ElementCount == 0)
        {
            return false;
        }

        var input = _builder.Plain(node.Inputs[0]);
        _builder.Add(new SoftmaxStep<TLanes>(node.Name, input, _builder.MakePlain(node.Outputs[0])));
        return true;
    }

    private bool TryLayerNormalization(Node node, LayerNormalization normalization)
    {
        if (!_builder.Has(node.Inputs[0]) || node.Outputs[0].Shape.ToShape().ElementCount == 0
            || node.Inputs[1].Constant is not NumericConstantSource || node.Inputs[2].Constant is not NumericConstantSource)
        {
            return false;
        }

        var input = _builder.Plain(node.Inputs[0]);
        var (scale, offset) = (Row(node, 1, input.Shape[^1]), Row(node, 2, input.Shape[^1]));
        _builder.Add(new LayerNormalizationStep<TLanes>(node.Name, normalization.Epsilon, scale, offset, input, _builder.MakePlain(node.Outputs[0])));
        return true;
    }

    private bool TryPool(Node node, PictureWindow window, bool mean)
    {
        if (!IsPicture(node.Inputs[0]))
        {
            return false;
        }

        var input = _builder.Blocked(node.Inputs[0]);
        _builder.Add(new PoolStep<TLanes>(node.Name, window, mean, input, _builder.MakeBlocked(node.Outputs[0])));
        return true;
    }

    private bool TryGlobalMean(Node node)
    {
        if (!IsPicture(node.Inputs[0]) || OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownIntegers(1) is not [var first, var second]
            || (first < 0 ? first + 4 : first, second < 0 ? second + 4 : second) is not ((1, 2) or (2, 1)))
        {
            return false;
        }

        var input = _builder.Blocked(node.Inputs[0]);
        var output = node.Outputs[0].Shape.Rank == 4 ? _builder.MakeBlocked(node.Outputs[0]) : _builder.MakePlain(node.Outputs[0]);
        _builder.Add(new GlobalMeanStep<TLanes>(node.Name, input, output));
        return true;
    }

    private bool TryRowMean(Node node)
    {
        var rank = node.Inputs[0].Shape.Rank;
        if (!_builder.Has(node.Inputs[0]) || node.Inputs[0].Shape.ToShape().ElementCount == 0
            || OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownIntegers(1) is not [var axis] || (axis != rank - 1 && axis != -1))
        {
            return false;
        }

        var input = _builder.Plain(node.Inputs[0]);
        _builder.Add(new RowMeanStep<TLanes>(node.Name, input, _builder.MakePlain(node.Outputs[0])));
        return true;
    }

    /// <summary>Dimensions that stay in their order move nothing.</summary>
    private bool TryTranspose(Node node) =>
        OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownIntegers(1) is { } order
        && order.Select((from, to) => from == to).All(same => same)
        && TryView(node);

    private bool TryConcat(Node node)
    {
        var values = node.Inputs.Take(node.Inputs.Count - 1).ToArray();
        if (!values.All(IsPicture) || OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownInteger(values.Length) is not (3 or -1))
        {
            return false;
        }

        var channel = 0;
        List<PlanValue> copied = [];
        List<int> channels = [];
        foreach (var value in values)
        {
            // One that is joined twice is in place once.
            var blocked = _builder.Blocked(value);
            if (!_builder.IsInPlace(value, node.Outputs[0], channel))
            {
                copied.Add(blocked);
                channels.Add(channel);
            }

            channel += value.Shape[3];
        }

        var joined = _builder.MakeBlocked(node.Outputs[0]);
        if (copied.Count > 0)
        {
            _builder.Add(new ConcatStep(node.Name, copied, [.. channels], joined));
        }

        return true;
    }

    /// <summary>Whether a value is a picture of the plan with something in it.</summary>
    private bool IsPicture(Value value) => _builder.Has(value) && value.Shape.Rank == 4 && value.Shape.ToShape().ElementCount > 0;
}
