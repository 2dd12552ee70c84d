using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// The k largest of the last dimension and their indices, in descending order, the lower index first among equals. Inputs: value, k.
/// Outputs: values, indices.
/// </summary>
/// <param name="Sorted">Descending order is asked for; it is given in any case.</param>
public sealed record TopK(bool Sorted, DataType IndexType) : Operator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireMinimumRank(0, 1);
        if (IndexType is not (DataType.Int32 or DataType.Int64 or DataType.Int16))
        {
            throw inputs.Unsupported($"indices of type {IndexType}.");
        }

        var shape = inputs[0].Shape;
        var k = inputs.KnownInteger(1);
        if (k < 0 || (shape.HasRank && shape[^1] >= 0 && k > shape[^1]))
        {
            throw inputs.Invalid($"the {k} largest of {shape} along the last dimension are asked for.");
        }

        if (shape.HasRank)
        {
            int[] dimensions = [.. shape.Dimensions];
            dimensions[^1] = k is null ? PartialShape.UnknownDimension : inputs.Dimension(k.Value);
            shape = PartialShape.Of(dimensions);
        }

        return [inputs[0] with { Shape = shape }, new TensorType(IndexType, shape)];
    }

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context)
    {
        var shape = types[0].Shape.ToShape();
        var indices = context.Allocate(DataType.Int32, shape);
        var values = TypeDispatch.Run(new Ranking(indices), inputs, shape, context);
        return [values, Conversion.To(IndexType, indices, context)];
    }

    /// <summary>Sorts the indices of each row, and picks the values they stand for.</summary>
    private sealed class Ranking : INumericKernel
    {
        private readonly Tensor _indices;

        public Ranking(Tensor indices)
        {
            _indices = indices;
        }

        public Tensor Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var result = context.Allocate(DataTypes.Of<T>(), shape);
            var (count, length) = (shape[^1], inputs.Value(0).Shape[^1]);
            var order = new int[length];
            for (var row = 0; count > 0 && row < shape.ElementCount / count; row++)
            {
                T[] elements = [.. inputs.Elements<T>(0).Slice(row * length, length)];
                for (var i = 0; i < length; i++)
                {
                    order[i] = i;
                }

                Array.Sort(order, (x, y) => elements[y].CompareTo(elements[x]) is var c && c != 0 ? c : x.CompareTo(y));
                for (var i = 0; i < count; i++)
                {
                    _indices.Elements<int>()[(row * count) + i] = order[i];
                    result.Elements<T>()[(row * count) + i] = elements[order[i]];
                }
            }

            return result;
        }
    }
}
