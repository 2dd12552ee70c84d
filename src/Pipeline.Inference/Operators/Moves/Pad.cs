using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Puts elements around a value. Inputs: value, paddings (rank × 2: before, after), optional element (constant mode, default 0).</summary>
public sealed record Pad(PadMode Mode) : SingleOutputOperator
{
    public override InputRange InputRange => Mode == PadMode.Constant ? new(2, 3) : InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        if (inputs.Count > 2)
        {
            inputs.RequireSameType(2);
            inputs.RequireRank(2, 0);
        }

        var shape = inputs[0].Shape;
        var paddings = BorderTable.Known(inputs, 1);
        if (!shape.HasRank)
        {
            return inputs[0];
        }

        if (paddings is not null)
        {
            inputs.Unify(paddings.Count, shape.Rank, "the number of dimensions");
        }

        var dimensions = new int[shape.Rank];
        for (var d = 0; d < dimensions.Length; d++)
        {
            dimensions[d] = paddings is null || shape[d] < 0
                ? PartialShape.UnknownDimension
                : inputs.Dimension((long)shape[d] + Border(inputs, paddings[d].Before, shape[d]) + Border(inputs, paddings[d].After, shape[d]));
        }

        return inputs[0] with { Shape = PartialShape.Of(dimensions) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var source = inputs.Value(0);
        var paddings = BorderTable.Known(inputs, 1)!;
        var result = context.AllocateMovable(source.DataType, shape);
        if (Mode != PadMode.Constant)
        {
            Elements.Move(new MirrorMove(source.Shape, shape, paddings, Mode == PadMode.Reflect ? 1 : 0), source, result);
            return result;
        }

        var strides = StridedCopy.StridesOf(shape);
        var element = inputs.Count > 2 ? inputs.Value(2) : ZeroOf(source.DataType);
        StridedCopy.Run(element, 0, new int[shape.Rank], result, 0, strides, shape.Dimensions);
        var offset = strides.Zip(paddings, (s, p) => s * (int)p.Before).Sum();
        StridedCopy.Run(source, 0, StridedCopy.StridesOf(source.Shape), result, offset, strides, source.Shape.Dimensions);
        return result;
    }

    private static RuntimeValue ZeroOf(DataType type) =>
        type == DataType.String ? StringTensor.Empty(Shape.Scalar) : Tensor.Zeros(type, Shape.Scalar);

    private int Border(OperatorInputs inputs, long border, int size)
    {
        var most = Mode switch
        {
            PadMode.Constant => int.MaxValue,
            PadMode.Reflect => size - 1,
            _ => size,
        };
        return border >= 0 && border <= most
            ? (int)border
            : throw inputs.Invalid($"a padding is {border}, around {size} elements it must be 0 to {most}.");
    }
}
