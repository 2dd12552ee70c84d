using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A function of each pair of booleans, shapes broadcast.</summary>
public sealed record Logical(LogicalFunction Function) : SingleOutputOperator
{
    public override string Name => $"Logical{Function}";

    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireType(0, DataType.Bool);
        inputs.RequireType(1, DataType.Bool);
        return new TensorType(DataType.Bool, inputs.Broadcast(inputs[0].Shape, inputs[1].Shape));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataType.Bool, shape);
        var elements = result.Elements<bool>();
        var first = inputs.Elements<bool>(0);
        var second = inputs.Elements<bool>(1);
        var walk = new BroadcastWalk(shape, inputs.Value(0).Shape, inputs.Value(1).Shape);
        while (walk.MoveNext())
        {
            for (var i = 0; i < walk.RowLength; i++)
            {
                var x = first[walk.Offset(0) + (i * walk.Step(0))];
                var y = second[walk.Offset(1) + (i * walk.Step(1))];
                elements[walk.Position + i] = Function == LogicalFunction.And ? x && y : x || y;
            }
        }

        return result;
    }
}
