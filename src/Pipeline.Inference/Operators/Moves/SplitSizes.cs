using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Cuts a value into parts of given sizes along a dimension. Inputs: value, sizes (one may be -1), axis.</summary>
/// <param name="Count">The number of parts, which are the outputs.</param>
public sealed record SplitSizes(int Count) : Operator, IStridedMoves
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        inputs.RequireMinimumRank(0, 1);
        inputs.Unify(inputs.KnownLength(1), Count, "the number of parts");
        var shape = inputs[0].Shape;
        if (inputs.KnownInteger(2) is not { } wanted || inputs.KnownIntegers(1) is not { } sizes || !shape.HasRank)
        {
            return SplitRule.UnknownTypes(inputs[0], Count);
        }

        var axis = inputs.NormalizeAxis(wanted, shape.Rank);
        return SplitRule.Types(inputs[0], axis, Resolve(inputs, sizes, shape[axis]));
    }

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) => StridedMove.Evaluate(this, inputs, types, context);

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs) =>
        SplitRule.Moves(inputs[0].Shape.ToShape(), inputs.NormalizeAxis(inputs.KnownInteger(2)!.Value, inputs[0].Shape.Rank), outputs);

    private static int[] Resolve(OperatorInputs inputs, long[] sizes, int whole)
    {
        var open = Array.IndexOf(sizes, -1);
        long sum = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            sum += i == open ? 0 : inputs.Dimension(sizes[i]);
        }

        if (whole != PartialShape.UnknownDimension && (open < 0 ? sum != whole : sum > whole))
        {
            throw inputs.Invalid($"parts of [{string.Join(", ", sizes)}] do not make up a dimension of {whole}.");
        }

        return
        [
            .. sizes.Select((size, i) => i != open ? (int)size
                : whole == PartialShape.UnknownDimension ? PartialShape.UnknownDimension
                : (int)(whole - sum)),
        ];
    }
}
