using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Effectively <c>value[begin:end:strides]</c> as in NumPy; the bits of each mask are about the entries of begin, end and strides. Inputs:
/// value, begin, end, strides.
/// </summary>
/// <param name="BeginMask">Entries whose begin is ignored.</param>
/// <param name="EndMask">Entries whose end is ignored.</param>
/// <param name="EllipsisMask">The entry, at most one, that stands for all dimensions not named.</param>
/// <param name="NewAxisMask">Entries that insert a dimension of 1.</param>
/// <param name="ShrinkAxisMask">Entries that take one index and drop the dimension.</param>
public sealed record StridedSlice(int BeginMask, int EndMask, int EllipsisMask, int NewAxisMask, int ShrinkAxisMask) : SingleOutputOperator, IStridedMoves
{
    private const int MaxEntries = 32;

    public override InputRange InputRange => InputRange.Exactly(4);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        if (System.Numerics.BitOperations.PopCount((uint)EllipsisMask) > 1)
        {
            throw inputs.Invalid($"the ellipsis mask {EllipsisMask} has more than one bit.");
        }

        var entries = inputs.Unify(inputs.KnownLength(1), inputs.KnownLength(2), "the length of begin and end");
        entries = inputs.Unify(entries, inputs.KnownLength(3), "the length of begin and strides");
        if (entries > MaxEntries)
        {
            throw inputs.Invalid($"it has {entries} entries, at most {MaxEntries} are possible.");
        }

        if (!inputs[0].Shape.HasRank || entries < 0)
        {
            return inputs[0] with { Shape = PartialShape.Unknown };
        }

        return inputs[0] with { Shape = Resolve(inputs, entries).Shape };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var (_, ranges) = Resolve(inputs, inputs.KnownLength(1));
        var strides = StridedCopy.StridesOf(inputs[0].Shape.ToShape());
        var offset = 0L;
        int[] dimensions = [.. ranges.Select(r => r.Count)];
        for (var d = 0; d < strides.Length; d++)
        {
            offset += ranges[d].Begin * strides[d];
            strides[d] = dimensions[d] > 1 ? checked(strides[d] * ranges[d].Stride) : 0;
        }

        return [StridedMove.ToAll((int)offset, strides, dimensions)];
    }

    /// <summary>The shape of the result, and the range of each dimension of the value.</summary>
    private (PartialShape Shape, List<StridedRange> Ranges) Resolve(OperatorInputs inputs, int entries)
    {
        var shape = inputs[0].Shape;
        var (begin, end, strides) = (inputs.KnownIntegers(1), inputs.KnownIntegers(2), inputs.KnownIntegers(3));
        var named = Enumerable.Range(0, entries).Count(i => !Has(EllipsisMask, i) && !Has(NewAxisMask, i));
        if (named > shape.Rank)
        {
            throw inputs.Invalid($"it names {named} dimensions of {shape}.");
        }

        List<int> result = [];
        List<StridedRange> ranges = [];
        for (var i = 0; i < entries; i++)
        {
            if (Has(EllipsisMask, i))
            {
                TakeAll(shape, shape.Rank - named, result, ranges);
            }
            else if (Has(NewAxisMask, i))
            {
                result.Add(1);
            }
            else
            {
                var size = shape[ranges.Count];
                var range = Range(inputs, i, begin?[i], end?[i], strides?[i], size, ranges.Count);
                ranges.Add(range);
                if (!Has(ShrinkAxisMask, i))
                {
                    result.Add(range.Count);
                }
            }
        }

        TakeAll(shape, shape.Rank - ranges.Count, result, ranges);
        return (PartialShape.Of([.. result]), ranges);
    }

    private StridedRange Range(OperatorInputs inputs, int entry, long? begin, long? end, long? stride, int size, int dimension)
    {
        if (stride is 0 or < int.MinValue or > int.MaxValue)
        {
            throw inputs.Invalid($"the stride of entry {entry} is {stride}.");
        }

        if (Has(ShrinkAxisMask, entry))
        {
            if (stride < 0)
            {
                throw inputs.Invalid($"entry {entry} takes one index, its stride {stride} must be positive.");
            }

            return begin is null ? new StridedRange(0, 1, 1) : One(inputs, Has(BeginMask, entry) ? 0 : begin.Value, size, dimension);
        }

        var beginIsOpen = Has(BeginMask, entry);
        var endIsOpen = Has(EndMask, entry);
        if (stride is null || (begin is null && !beginIsOpen) || (end is null && !endIsOpen))
        {
            return new StridedRange(0, PartialShape.UnknownDimension, 1);
        }

        return StridedRange.Of(beginIsOpen ? null : begin, endIsOpen ? null : end, (int)stride.Value, size);
    }

    private static StridedRange One(OperatorInputs inputs, long index, int size, int dimension)
    {
        var fromFront = index < 0 ? index + size : index;
        return size < 0 || (fromFront >= 0 && fromFront < size)
            ? new StridedRange(fromFront, 1, 1)
            : throw inputs.Invalid($"index {index} is outside of dimension {dimension}, which has {size}.");
    }

    private static void TakeAll(PartialShape shape, int count, List<int> result, List<StridedRange> ranges)
    {
        for (; count > 0; count--)
        {
            var size = shape[ranges.Count];
            ranges.Add(StridedRange.All(size));
            result.Add(size);
        }
    }

    private static bool Has(int mask, int entry) => (mask >> entry & 1) == 1;
}
