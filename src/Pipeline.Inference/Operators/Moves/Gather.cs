using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Picks slices along an axis. Inputs: value, indices, axis.</summary>
/// <param name="BatchDimensions">Leading dimensions that value and indices share; negative counts from the end of the indices.</param>
public sealed record Gather(int BatchDimensions) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        inputs.RequireMinimumRank(0, 1);
        if (!inputs[1].DataType.IsInteger() || inputs[1].DataType == DataType.Int4)
        {
            throw inputs.Invalid($"the indices are {inputs[1]}, they must be integers.");
        }

        var (value, indices) = (inputs[0].Shape, inputs[1].Shape);
        if (!value.HasRank || !indices.HasRank || inputs.KnownInteger(2) is not { } wanted)
        {
            return inputs[0] with { Shape = PartialShape.Unknown };
        }

        var axis = inputs.NormalizeAxis(wanted, value.Rank);
        var batch = Batch(inputs, indices.Rank);
        if (batch > axis)
        {
            throw inputs.Invalid($"there are {batch} batch dimensions, at most {axis} before the axis are possible.");
        }

        for (var d = 0; d < batch; d++)
        {
            inputs.Unify(value[d], indices[d], $"batch dimension {d}");
        }

        return inputs[0] with
        {
            Shape = PartialShape.Of([.. value.Dimensions[..axis], .. indices.Dimensions[batch..], .. value.Dimensions[(axis + 1)..]]),
        };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var (source, indices) = (inputs.Value(0), inputs.Tensor(1));
        var axis = inputs.NormalizeAxis(inputs.KnownInteger(2)!.Value, source.Shape.Rank);
        var result = context.AllocateMovable(source.DataType, shape);
        if (shape.ElementCount == 0)
        {
            return result;
        }

        var wide = Conversion.To(DataType.Int64, indices, context);
        Check(inputs, wide.Elements<long>(), source.Shape[axis]);
        Elements.Move(new Pick(source.Shape, wide, axis, Batch(inputs, indices.Shape.Rank)), source, result);
        return result;
    }

    private int Batch(OperatorInputs inputs, int rank)
    {
        var batch = BatchDimensions < 0 ? BatchDimensions + rank : BatchDimensions;
        return batch >= 0 && batch <= rank ? batch : throw inputs.Invalid($"{BatchDimensions} batch dimensions of indices of rank {rank}.");
    }

    private static void Check(OperatorInputs inputs, ReadOnlySpan<long> indices, int size)
    {
        foreach (var index in indices)
        {
            if (index < 0 || index >= size)
            {
                throw inputs.Invalid($"index {index} is outside of 0 to {size - 1}.");
            }
        }
    }

    /// <summary>Copies one slice an index.</summary>
    private readonly struct Pick : IElementMove
    {
        private readonly Shape _shape;
        private readonly Tensor _indices;
        private readonly int _axis;
        private readonly int _batch;

        public Pick(Shape shape, Tensor indices, int axis, int batch)
        {
            _shape = shape;
            _indices = indices;
            _axis = axis;
            _batch = batch;
        }

        public void Run<T>(ReadOnlySpan<T> source, Span<T> target)
        {
            var indices = _indices.Elements<long>();
            var batches = _shape.CountOf(0, _batch);
            var outer = _shape.CountOf(_batch, _axis);
            var inner = _shape.CountOf(_axis + 1, _shape.Rank);
            var perBatch = indices.Length / batches;
            var to = 0;
            for (var row = 0; row < batches * outer; row++)
            {
                foreach (var index in indices.Slice(row / outer * perBatch, perBatch))
                {
                    source.Slice(((row * _shape[_axis]) + (int)index) * inner, inner).CopyTo(target[to..]);
                    to += inner;
                }
            }
        }
    }
}
