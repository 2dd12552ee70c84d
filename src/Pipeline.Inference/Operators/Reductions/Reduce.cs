using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Combines elements along axes, in order. Inputs: value, axes (none: nothing is reduced).</summary>
/// <param name="KeepDimensions">Reduced dimensions stay, as 1.</param>
public sealed record Reduce(ReduceFunction Function, bool KeepDimensions) : SingleOutputOperator, INumericKernel
{
    public override string Name => $"Reduce{Function}";

    public override InputRange InputRange => InputRange.Exactly(2);

    private bool IsLogical => Function is ReduceFunction.All or ReduceFunction.Any;

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        if (IsLogical)
        {
            inputs.RequireType(0, DataType.Bool);
        }
        else
        {
            inputs.RequireNumbers(0);
        }

        var shape = inputs[0].Shape;
        var axes = inputs.KnownIntegers(1);
        if (!shape.HasRank || (axes is null && !KeepDimensions))
        {
            return inputs[0] with { Shape = PartialShape.Unknown };
        }

        if (axes is null)
        {
            return inputs[0] with { Shape = PartialShape.OfRank(shape.Rank) };
        }

        var reduced = Axes(inputs, shape.Rank);
        List<int> dimensions = [];
        for (var d = 0; d < shape.Rank; d++)
        {
            if (!reduced[d] || KeepDimensions)
            {
                dimensions.Add(reduced[d] ? 1 : shape[d]);
            }
        }

        return inputs[0] with { Shape = PartialShape.Of([.. dimensions]) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        if (!IsLogical)
        {
            return TypeDispatch.Run(this, inputs, shape, context);
        }

        var result = context.Allocate(DataType.Bool, shape);
        var all = Function == ReduceFunction.All;
        BinaryRule<byte> rule = all ? new(static (x, y) => (byte)(x & y)) : new(static (x, y) => (byte)(x | y));
        Fold(inputs, result.Bytes, rule, (byte)(all ? 1 : 0), inputs.Tensor(0).Bytes);
        return result;
    }

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        if (typeof(T) == typeof(float) && (Function is ReduceFunction.Sum or ReduceFunction.Mean))
        {
            Sum(inputs, result.Elements<float>(), inputs.Elements<float>(0));
            return result;
        }

        var (rule, start) = Function switch
        {
            ReduceFunction.Maximum => (BinaryRules.For<T>(BinaryFunction.Maximum), Least<T>()),
            ReduceFunction.Minimum => (BinaryRules.For<T>(BinaryFunction.Minimum), Greatest<T>()),
            ReduceFunction.Product => (BinaryRules.For<T>(BinaryFunction.Multiply), T.One),
            _ => (BinaryRules.For<T>(BinaryFunction.Add), T.Zero),
        };
        Fold(inputs, result.Elements<T>(), rule, start, inputs.Elements<T>(0));
        if (Function == ReduceFunction.Mean)
        {
            Divide(result.Elements<T>(), inputs.Value(0).Shape.ElementCount);
        }

        return result;
    }

    private static void Fold<T>(OperatorInputs inputs, Span<T> result, BinaryRule<T> rule, T start, ReadOnlySpan<T> source)
        where T : unmanaged
    {
        result.Fill(start);
        var walk = Walk(inputs);
        while (walk.MoveNext())
        {
            var row = source.Slice(walk.Position, walk.RowLength);
            var target = result[walk.Offset(0)..];
            if (walk.Step(0) == 1)
            {
                rule.Apply(target[..row.Length], 1, row, 1, target[..row.Length]);
                continue;
            }

            foreach (var element in row)
            {
                target[0] = rule.Scalar(target[0], element);
            }
        }
    }

    /// <summary>A walk over the value whose operand is the result.</summary>
    private static BroadcastWalk Walk(OperatorInputs inputs)
    {
        var shape = inputs.Value(0).Shape;
        var reduced = Axes(inputs, shape.Rank);
        int[] kept = [.. shape.Dimensions];
        for (var d = 0; d < kept.Length; d++)
        {
            kept[d] = reduced[d] ? 1 : kept[d];
        }

        return new BroadcastWalk(shape, Shape.Of(kept));
    }

    /// <summary>Sums (or means) of float32, added up in float64 so that long ones keep their digits.</summary>
    private void Sum(OperatorInputs inputs, Span<float> result, ReadOnlySpan<float> source)
    {
        var sums = new double[result.Length];
        var walk = Walk(inputs);
        while (walk.MoveNext())
        {
            var (offset, step) = (walk.Offset(0), walk.Step(0));
            foreach (var element in source.Slice(walk.Position, walk.RowLength))
            {
                sums[offset] += element;
                offset += step;
            }
        }

        if (Function == ReduceFunction.Mean)
        {
            Divide<double>(sums, source.Length);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            result[i] = (float)sums[i];
        }
    }

    /// <summary>The mean of nothing is NaN for floats, and 0 for integers, which divide towards zero.</summary>
    private static void Divide<T>(Span<T> sums, int elements)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        if (sums.IsEmpty)
        {
            return;
        }

        var count = elements / sums.Length;
        var isFloat = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        foreach (ref var sum in sums)
        {
            sum = count == 0 && !isFloat ? T.Zero : T.CreateTruncating(sum / T.CreateTruncating(count));
        }
    }

    private static T Least<T>()
        where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> => T.CreateSaturating(double.NegativeInfinity);

    private static T Greatest<T>()
        where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> => T.CreateSaturating(double.PositiveInfinity);

    private static bool[] Axes(OperatorInputs inputs, int rank)
    {
        var reduced = new bool[rank];
        foreach (var axis in inputs.KnownIntegers(1)!)
        {
            reduced[inputs.NormalizeAxis(axis, rank)] = true;
        }

        return reduced;
    }
}
