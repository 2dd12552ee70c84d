using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Other dimensions for the same elements. Inputs: value, dimensions (one may be -1).</summary>
public sealed record Reshape : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireElements(0);
        var type = inputs[0].DataType;
        if (inputs.KnownIntegers(1) is not { } wanted)
        {
            var rank = inputs.KnownLength(1);
            return new TensorType(type, rank < 0 ? PartialShape.Unknown : PartialShape.OfRank(rank));
        }

        var dimensions = new int[wanted.Length];
        var inferred = -1;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == -1 && inferred >= 0)
            {
                throw inputs.Invalid($"dimensions [{string.Join(", ", wanted)}] have more than one -1.");
            }

            inferred = wanted[i] == -1 ? i : inferred;
            dimensions[i] = wanted[i] == -1 ? PartialShape.UnknownDimension : inputs.Dimension(wanted[i]);
        }

        if (inputs[0].Shape.TryGetShape(out var source))
        {
            Fit(inputs, source, dimensions, inferred);
        }

        return new TensorType(type, PartialShape.Of(dimensions));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Reinterpretation.As(inputs.Value(0), shape);

    private static void Fit(OperatorInputs inputs, Shape source, int[] dimensions, int inferred)
    {
        var others = Shape.Of([.. dimensions.Where((_, i) => i != inferred)]).ElementCount;
        if (inferred >= 0 && others > 0 && source.ElementCount % others == 0)
        {
            dimensions[inferred] = source.ElementCount / others;
            return;
        }

        if (inferred >= 0 || others != source.ElementCount)
        {
            throw inputs.Invalid($"{source} has {source.ElementCount} elements, which dimensions [{string.Join(", ", dimensions)}] do not hold.");
        }
    }
}
