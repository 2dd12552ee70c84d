namespace Pipeline.Inference.Operators;

/// <summary>Functions of two elements of one type. A NaN on either side gives NaN.</summary>
public enum BinaryFunction
{
    Add,
    Subtract,
    Multiply,

    /// <summary>Floats as in IEEE 754; integers towards zero, division by zero is an error.</summary>
    Divide,

    /// <summary>x / y where y is not 0, else 0.</summary>
    DivideNoNan,

    /// <summary>Towards minus infinity.</summary>
    FloorDivide,

    /// <summary>The remainder that goes with <see cref="FloorDivide"/>: its sign is the divisor's.</summary>
    FloorModulo,

    /// <summary>The remainder of division towards zero: its sign is the dividend's.</summary>
    TruncateModulo,
    Maximum,
    Minimum,
    Power,

    /// <summary>(x − y)²</summary>
    SquaredDifference,
}
