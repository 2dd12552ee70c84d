namespace Pipeline.Inference.Operators;

public enum ReduceFunction
{
    Sum,
    Mean,
    Maximum,
    Minimum,
    Product,

    /// <summary>Whether all booleans are true.</summary>
    All,

    /// <summary>Whether a boolean is true.</summary>
    Any,
}
