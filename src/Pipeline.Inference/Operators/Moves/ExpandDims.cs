using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Inserts a dimension of 1. Inputs: value, axis in the result.</summary>
public sealed record ExpandDims : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireElements(0);
        var (type, shape) = (inputs[0].DataType, inputs[0].Shape);
        var axis = inputs.KnownInteger(1);
        if (!shape.HasRank)
        {
            return new TensorType(type, PartialShape.Unknown);
        }

        if (axis is null)
        {
            return new TensorType(type, PartialShape.OfRank(shape.Rank + 1));
        }

        List<int> dimensions = [.. shape.Dimensions];
        dimensions.Insert(inputs.NormalizeAxis(axis.Value, shape.Rank + 1), 1);
        return new TensorType(type, PartialShape.Of([.. dimensions]));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Reinterpretation.As(inputs.Value(0), shape);
}
