using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The index of the largest or smallest element along an axis, the first among equals; NaN is passed over. Inputs: value, axis.</summary>
/// <param name="OutputType">Int32, Int64, Int16 or UInt16.</param>
public sealed record ArgReduce(ArgFunction Function, DataType OutputType) : SingleOutputOperator, INumericKernel
{
    public override string Name => $"Arg{Function}";

    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        if (inputs[0].DataType != DataType.Bool)
        {
            inputs.RequireNumbers(0);
        }

        if (OutputType is not (DataType.Int32 or DataType.Int64 or DataType.Int16 or DataType.UInt16))
        {
            throw inputs.Unsupported($"results of type {OutputType}.");
        }

        inputs.RequireMinimumRank(0, 1);
        var shape = inputs[0].Shape;
        var axis = inputs.KnownInteger(1);
        if (!shape.HasRank || axis is null)
        {
            return new TensorType(OutputType, shape.HasRank ? PartialShape.OfRank(shape.Rank - 1) : PartialShape.Unknown);
        }

        List<int> dimensions = [.. shape.Dimensions];
        var reduced = inputs.NormalizeAxis(axis.Value, shape.Rank);
        dimensions.RemoveAt(reduced);
        return shape[reduced] == 0
            ? throw inputs.Invalid($"axis {reduced} of {shape} has no elements to choose from.")
            : new TensorType(OutputType, PartialShape.Of([.. dimensions]));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var numbers = inputs[0].DataType == DataType.Bool
            ? inputs.With([Conversion.To(DataType.UInt8, inputs.Tensor(0), context), inputs.Value(1)])
            : inputs;
        var indices = TypeDispatch.Run(this, numbers, shape, context);
        return Conversion.To(OutputType, indices, context);
    }

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataType.Int32, shape);
        var source = inputs.Elements<T>(0);
        var indices = result.Elements<int>();
        var whole = inputs.Value(0).Shape;
        var lines = new AxisLines(whole, inputs.NormalizeAxis(inputs.KnownInteger(1)!.Value, whole.Rank));
        for (var line = 0; line < lines.Count; line++)
        {
            var begin = lines.Begin(line);
            var best = Function == ArgFunction.Maximum ? T.MinValue : T.MaxValue;
            indices[line] = 0;
            for (var i = 0; i < lines.Length; i++)
            {
                var element = source[begin + (i * lines.Step)];
                if (Function == ArgFunction.Maximum ? element > best : element < best)
                {
                    best = element;
                    indices[line] = i;
                }
            }
        }

        return result;
    }
}
