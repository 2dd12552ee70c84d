using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Picks the element type an algorithm runs on. The two narrow floats are computed in float32, and rounded once at the end.</summary>
internal static class TypeDispatch
{
    /// <summary>Runs on the type of input <paramref name="index"/>, which must be of whole-byte numbers.</summary>
    public static Tensor Run(INumericKernel kernel, OperatorInputs inputs, Shape shape, EvaluationContext context, int index = 0)
    {
        var type = inputs[index].DataType;
        return type switch
        {
            DataType.Float32 => kernel.Run<float>(inputs, shape, context),
            DataType.Float64 => kernel.Run<double>(inputs, shape, context),
            DataType.Int8 => kernel.Run<sbyte>(inputs, shape, context),
            DataType.UInt8 => kernel.Run<byte>(inputs, shape, context),
            DataType.Int16 => kernel.Run<short>(inputs, shape, context),
            DataType.UInt16 => kernel.Run<ushort>(inputs, shape, context),
            DataType.Int32 => kernel.Run<int>(inputs, shape, context),
            DataType.UInt32 => kernel.Run<uint>(inputs, shape, context),
            DataType.Int64 => kernel.Run<long>(inputs, shape, context),
            DataType.UInt64 => kernel.Run<ulong>(inputs, shape, context),
            DataType.Float16 or DataType.BFloat16 => Narrow(kernel.Run<float>(Widen(inputs, type, context), shape, context), type, context),
            _ => throw inputs.Unsupported($"input {index} of type {type}."),
        };
    }

    /// <summary>Runs on the type of input <paramref name="index"/>, which must be of floating-point numbers.</summary>
    public static Tensor Run(IFloatKernel kernel, OperatorInputs inputs, Shape shape, EvaluationContext context, int index = 0)
    {
        var type = inputs[index].DataType;
        return type switch
        {
            DataType.Float32 => kernel.Run<float>(inputs, shape, context),
            DataType.Float64 => kernel.Run<double>(inputs, shape, context),
            DataType.Float16 or DataType.BFloat16 => Narrow(kernel.Run<float>(Widen(inputs, type, context), shape, context), type, context),
            _ => throw inputs.Unsupported($"input {index} of type {type}."),
        };
    }

    private static OperatorInputs Widen(OperatorInputs inputs, DataType type, EvaluationContext context)
    {
        var values = new RuntimeValue[inputs.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = inputs[i].DataType == type ? Conversion.To(DataType.Float32, inputs.Tensor(i), context) : inputs.Value(i);
        }

        return inputs.With(values);
    }

    private static Tensor Narrow(Tensor result, DataType type, EvaluationContext context) =>
        result.DataType == DataType.Float32 ? Conversion.To(type, result, context) : result;
}
