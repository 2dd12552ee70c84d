namespace Pipeline.Models.SavedModel;

/// <summary>Facts about <see cref="TensorFlowType"/>.</summary>
internal static class TensorFlowTypes
{
    /// <summary>What is added to a type's number where a TF1 graph means a reference to a variable of that type.</summary>
    private const int ReferenceOffset = 100;

    /// <summary>The type of a number in a file: a reference counts as the type it refers to.</summary>
    public static TensorFlowType FromNumber(int number) =>
        (TensorFlowType)(number > ReferenceOffset ? number - ReferenceOffset : number);

    /// <summary>Bytes of an element, or null where elements have no fixed size or the number is none of TensorFlow's.</summary>
    public static int? ElementSize(this TensorFlowType type) => type switch
    {
        TensorFlowType.Bool or TensorFlowType.Int8 or TensorFlowType.UInt8 or TensorFlowType.QInt8 or TensorFlowType.QUInt8 => 1,
        TensorFlowType.Half or TensorFlowType.BFloat16 or TensorFlowType.Int16 or TensorFlowType.UInt16 or TensorFlowType.QInt16 or TensorFlowType.QUInt16 => 2,
        TensorFlowType.Float or TensorFlowType.Int32 or TensorFlowType.UInt32 or TensorFlowType.QInt32 => 4,
        TensorFlowType.Double or TensorFlowType.Int64 or TensorFlowType.UInt64 or TensorFlowType.Complex64 => 8,
        TensorFlowType.Complex128 => 16,
        _ => null,
    };
}
