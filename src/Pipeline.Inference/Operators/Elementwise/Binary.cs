using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A function of each pair of elements, shapes broadcast.</summary>
public sealed record Binary(BinaryFunction Function) : SingleOutputOperator, INumericKernel
{
    public override string Name => Function.ToString();

    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireSameType(1);
        return new TensorType(inputs[0].DataType, inputs.Broadcast(inputs[0].Shape, inputs[1].Shape));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        try
        {
            return TypeDispatch.Run(this, inputs, shape, context);
        }
        catch (DivideByZeroException)
        {
            throw inputs.Invalid("an integer is divided by zero.");
        }
        catch (ArgumentOutOfRangeException exception) when (Function == BinaryFunction.Power)
        {
            throw inputs.Invalid(exception.Message);
        }
    }

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var rule = BinaryRules.For<T>(Function);
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        ReadOnlySpan<T> first = inputs.Elements<T>(0);
        ReadOnlySpan<T> second = inputs.Elements<T>(1);
        var elements = result.Elements<T>();
        var walk = new BroadcastWalk(shape, inputs.Value(0).Shape, inputs.Value(1).Shape);
        while (walk.MoveNext())
        {
            var row = elements.Slice(walk.Position, walk.RowLength);
            rule.Apply(first[walk.Offset(0)..], walk.Step(0), second[walk.Offset(1)..], walk.Step(1), row);
        }

        return result;
    }
}
