using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The opposite of each boolean.</summary>
public sealed record LogicalNot : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireType(0, DataType.Bool);
        return inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataType.Bool, shape);
        var source = inputs.Elements<bool>(0);
        var target = result.Elements<bool>();
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = !source[i];
        }

        return result;
    }
}
