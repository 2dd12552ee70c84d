using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>start, start + delta, … before limit. Inputs: start, limit, delta (scalars of one type).</summary>
public sealed record Range : SingleOutputOperator, INumericKernel
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        for (var i = 0; i < inputs.Count; i++)
        {
            inputs.RequireSameType(i);
            inputs.RequireRank(i, 0);
        }

        var (start, limit, delta) = (inputs.KnownTensor(0), inputs.KnownTensor(1), inputs.KnownTensor(2));
        return inputs[0] with
        {
            Shape = start is null || limit is null || delta is null ? PartialShape.OfRank(1) : PartialShape.Of(Count(inputs, start, limit, delta)),
        };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var element = inputs.Elements<T>(0)[0];
        foreach (ref var target in result.Elements<T>())
        {
            target = element;
            element += inputs.Elements<T>(2)[0];
        }

        return result;
    }

    private static int Count(OperatorInputs inputs, Tensor start, Tensor limit, Tensor delta)
    {
        if (inputs[0].DataType.IsInteger())
        {
            var (from, to, step) = (ScalarValue.Integer(start), ScalarValue.Integer(limit), ScalarValue.Integer(delta));
            Check(inputs, from.ToString(), to.ToString(), step.ToString(), step.Sign, from.CompareTo(to));
            var stride = BigInteger.Abs(step);
            var steps = (BigInteger.Abs(to - from) + stride - 1) / stride;
            return inputs.Dimension((long)BigInteger.Min(steps, long.MaxValue));
        }

        var (first, last, interval) = (ScalarValue.Float(start), ScalarValue.Float(limit), ScalarValue.Float(delta));
        Check(inputs, $"{first}", $"{last}", $"{interval}", double.IsNaN(interval) ? 0 : Math.Sign(interval), first.CompareTo(last));
        var count = Math.Ceiling(Math.Abs((last - first) / interval));
        return inputs.Dimension(double.IsFinite(count) ? (long)Math.Min(count, long.MaxValue / 2) : -1);
    }

    private static void Check(OperatorInputs inputs, string start, string limit, string delta, int direction, int order)
    {
        if (direction == 0 || (direction > 0 && order > 0) || (direction < 0 && order < 0))
        {
            throw inputs.Invalid($"there is no way from {start} to {limit} by steps of {delta}.");
        }
    }
}
