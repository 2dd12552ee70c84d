using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel;

/// <summary>TensorFlow's data types in the engine's terms.</summary>
internal static class DataTypeMapping
{
    /// <returns>Null where the engine has no such type (complex numbers, TF1's quantised types) or TensorFlow has no such number.</returns>
    public static DataType? ToDataType(this TensorFlowType type) => type switch
    {
        TensorFlowType.Float => DataType.Float32,
        TensorFlowType.Double => DataType.Float64,
        TensorFlowType.Half => DataType.Float16,
        TensorFlowType.BFloat16 => DataType.BFloat16,
        TensorFlowType.Int8 => DataType.Int8,
        TensorFlowType.UInt8 => DataType.UInt8,
        TensorFlowType.Int16 => DataType.Int16,
        TensorFlowType.UInt16 => DataType.UInt16,
        TensorFlowType.Int32 => DataType.Int32,
        TensorFlowType.UInt32 => DataType.UInt32,
        TensorFlowType.Int64 => DataType.Int64,
        TensorFlowType.UInt64 => DataType.UInt64,
        TensorFlowType.Bool => DataType.Bool,
        TensorFlowType.String => DataType.String,
        TensorFlowType.Resource => DataType.Resource,
        TensorFlowType.Variant => DataType.Variant,
        _ => null,
    };
}
