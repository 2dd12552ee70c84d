namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>
/// Sixteen floats that are worked on together, as wide as a tier allows: what is written once on this runs on each tier. NaN goes through every operation.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract TSelf Load(float* source);

    static abstract TSelf Create(float value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The larger of <paramref name="value"/> and a bound that is no NaN; NaN where the value is.</summary>
    static abstract TSelf AtLeast(TSelf low, TSelf value);

    /// <summary>The smaller of <paramref name="value"/> and a bound that is no NaN; NaN where the value is.</summary>
    static abstract TSelf AtMost(TSelf high, TSelf value);

    /// <summary>The larger; NaN where either is.</summary>
    static abstract TSelf Larger(TSelf left, TSelf right);

    /// <summary>The smaller; NaN where either is.</summary>
    static abstract TSelf Smaller(TSelf left, TSelf right);

    /// <summary><paramref name="then"/> where left is greater than right, else, and where either is NaN, <paramref name="otherwise"/>.</summary>
    static abstract TSelf IfGreater(TSelf left, TSelf right, TSelf then, TSelf otherwise);

    /// <summary>value · factor + addend, rounded once where the tier can.</summary>
    static abstract TSelf MultiplyAdd(TSelf value, TSelf factor, TSelf addend);

    /// <summary>To the nearest whole number, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>2 to the power of whole numbers from -126 to 127; any number where it is NaN.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    static abstract TSelf Abs(TSelf value);

    /// <summary>The magnitude of one with the sign of the other.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    void Store(float* target);
}
