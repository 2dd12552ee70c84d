using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Drops dimensions of 1.</summary>
/// <param name="Axes">Which; all that are 1 when empty. Negative ones count from the end.</param>
public sealed record Squeeze(AxisList Axes) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireElements(0);
        var (type, shape) = (inputs[0].DataType, inputs[0].Shape);
        if (!shape.HasRank || (Axes.Axes.IsEmpty && !shape.IsConcrete))
        {
            return new TensorType(type, PartialShape.Unknown);
        }

        var dropped = new HashSet<int>();
        foreach (var axis in Axes.Axes)
        {
            var normalized = inputs.NormalizeAxis(axis, shape.Rank);
            dropped.Add(normalized);
            inputs.Unify(shape[normalized], 1, $"dimension {normalized}");
        }

        List<int> kept = [];
        for (var i = 0; i < shape.Rank; i++)
        {
            if (Axes.Axes.IsEmpty ? shape[i] != 1 : !dropped.Contains(i))
            {
                kept.Add(shape[i]);
            }
        }

        return new TensorType(type, PartialShape.Of([.. kept]));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Reinterpretation.As(inputs.Value(0), shape);
}
