using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A function of each pair of elements, shapes broadcast. Strings are added by putting one behind the other.</summary>
public sealed record Binary(BinaryFunction Function) : SingleOutputOperator, INumericKernel
{
    public override string Name => Function.ToString();

    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        if (Function != BinaryFunction.Add || inputs[0].DataType != DataType.String)
        {
            inputs.RequireNumbers(0);
        }

        inputs.RequireSameType(1);
        return new TensorType(inputs[0].DataType, inputs.Broadcast(inputs[0].Shape, inputs[1].Shape));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        if (inputs.Value(0) is StringTensor first && inputs.Value(1) is StringTensor second)
        {
            return Join(first, second, shape, context);
        }

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

    private static StringTensor Join(StringTensor first, StringTensor second, Shape shape, EvaluationContext context)
    {
        var result = (StringTensor)context.AllocateMovable(DataType.String, shape);
        var walk = new BroadcastWalk(shape, first.Shape, second.Shape);
        while (walk.MoveNext())
        {
            for (var i = 0; i < walk.RowLength; i++)
            {
                var head = first.Elements[walk.Offset(0) + (i * walk.Step(0))].Span;
                var tail = second.Elements[walk.Offset(1) + (i * walk.Step(1))].Span;
                context.Memory.Reserve((long)head.Length + tail.Length);
                byte[] joined = [.. head, .. tail];
                result.Mutable[walk.Position + i] = joined;
            }
        }

        return result;
    }
}
