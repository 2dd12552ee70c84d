using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Compares each pair of elements, shapes broadcast, into booleans. NaN is unequal to everything. Booleans and strings have no order.</summary>
public sealed record Compare(Comparison Comparison) : SingleOutputOperator, INumericKernel
{
    public override string Name => Comparison.ToString();

    public override InputRange InputRange => InputRange.Exactly(2);

    /// <value>Whether values whose shapes cannot be broadcast are unequal as a whole (one boolean) rather than an error. Default: no.</value>
    public bool IncompatibleShapesAreUnequal { get; init; }

    private bool IsEquality => Comparison is Comparison.Equal or Comparison.NotEqual;

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireSameType(1);
        if (!IsEquality || inputs[0].DataType is not (DataType.Bool or DataType.String))
        {
            inputs.RequireNumbers(0);
        }

        return new TensorType(DataType.Bool, InferShape(inputs));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        if (OperatorInputs.TryBroadcast(inputs[0].Shape, inputs[1].Shape) is null)
        {
            return Tensor.Scalar(Comparison == Comparison.NotEqual);
        }

        switch (inputs[0].DataType)
        {
            case DataType.String:
                var equal = Comparison == Comparison.Equal;
                return Map(
                    ((StringTensor)inputs.Value(0)).Elements,
                    ((StringTensor)inputs.Value(1)).Elements,
                    (x, y) => x.Span.SequenceEqual(y.Span) == equal,
                    inputs,
                    shape,
                    context);
            case DataType.Bool:
                Func<bool, bool, bool> rule = Comparison == Comparison.Equal ? static (x, y) => x == y : static (x, y) => x != y;
                return Map(inputs.Elements<bool>(0), inputs.Elements<bool>(1), rule, inputs, shape, context);
            default:
                return TypeDispatch.Run(this, inputs, shape, context);
        }
    }

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Map(inputs.Elements<T>(0), inputs.Elements<T>(1), Rule<T>(), inputs, shape, context);

    private PartialShape InferShape(OperatorInputs inputs)
    {
        var (first, second) = (inputs[0].Shape, inputs[1].Shape);
        if (!IncompatibleShapesAreUnequal)
        {
            return inputs.Broadcast(first, second);
        }

        var both = OperatorInputs.TryBroadcast(first, second) ?? Shape.Scalar;
        return first.IsConcrete && second.IsConcrete ? both : PartialShape.Unknown;
    }

    private Func<T, T, bool> Rule<T>()
        where T : INumber<T> => Comparison switch
        {
            Comparison.Equal => static (x, y) => x == y,
            Comparison.NotEqual => static (x, y) => x != y,
            Comparison.Less => static (x, y) => x < y,
            Comparison.LessOrEqual => static (x, y) => x <= y,
            Comparison.Greater => static (x, y) => x > y,
            _ => static (x, y) => x >= y,
        };

    private static Tensor Map<T>(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Func<T, T, bool> rule, OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataType.Bool, shape);
        var elements = result.Elements<bool>();
        var walk = new BroadcastWalk(shape, inputs.Value(0).Shape, inputs.Value(1).Shape);
        while (walk.MoveNext())
        {
            for (var i = 0; i < walk.RowLength; i++)
            {
                elements[walk.Position + i] = rule(first[walk.Offset(0) + (i * walk.Step(0))], second[walk.Offset(1) + (i * walk.Step(1))]);
            }
        }

        return result;
    }
}
