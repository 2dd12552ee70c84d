using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively computes <c>condition ? a : b</c>, shapes broadcast. Inputs: condition, a, b.</summary>
public sealed record Select : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireType(0, DataType.Bool);
        inputs.RequireMovable(1);
        inputs.RequireSameType(2, 1);
        var values = inputs.Broadcast(inputs[1].Shape, inputs[2].Shape);
        return new TensorType(inputs[1].DataType, inputs.Broadcast(inputs[0].Shape, values));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.AllocateMovable(inputs[1].DataType, shape);
        var condition = inputs.Tensor(0);
        for (var index = 1; index <= 2; index++)
        {
            Elements.Move(new Where(condition, index == 1, inputs.Value(index).Shape, shape), inputs.Value(index), result);
        }

        return result;
    }

    /// <summary>Writes the elements where the condition is as wanted.</summary>
    private readonly struct Where : IElementMove
    {
        private readonly Tensor _condition;
        private readonly bool _wanted;
        private readonly Shape _sourceShape;
        private readonly Shape _shape;

        public Where(Tensor condition, bool wanted, Shape sourceShape, Shape shape)
        {
            _condition = condition;
            _wanted = wanted;
            _sourceShape = sourceShape;
            _shape = shape;
        }

        public void Run<T>(ReadOnlySpan<T> source, Span<T> target)
        {
            var condition = _condition.Elements<bool>();
            var walk = new BroadcastWalk(_shape, _condition.Shape, _sourceShape);
            while (walk.MoveNext())
            {
                for (var i = 0; i < walk.RowLength; i++)
                {
                    if (condition[walk.Offset(0) + (i * walk.Step(0))] == _wanted)
                    {
                        target[walk.Position + i] = source[walk.Offset(1) + (i * walk.Step(1))];
                    }
                }
            }
        }
    }
}
