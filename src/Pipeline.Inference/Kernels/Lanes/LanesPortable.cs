using System.Runtime.CompilerServices;

namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>Sixteen lanes on any machine, one by one.</summary>
internal readonly unsafe struct LanesPortable : ILanes<LanesPortable>
{
    private readonly Numbers _numbers;

    private LanesPortable(Numbers numbers)
    {
        _numbers = numbers;
    }

    public static LanesPortable Load(float* source)
    {
        var numbers = default(Numbers);
        new ReadOnlySpan<float>(source, 16).CopyTo(numbers);
        return new LanesPortable(numbers);
    }

    public static LanesPortable Create(float value)
    {
        var numbers = default(Numbers);
        ((Span<float>)numbers).Fill(value);
        return new LanesPortable(numbers);
    }

    public static LanesPortable operator +(LanesPortable left, LanesPortable right) => Map(left, right, static (x, y) => x + y);

    public static LanesPortable operator -(LanesPortable left, LanesPortable right) => Map(left, right, static (x, y) => x - y);

    public static LanesPortable operator *(LanesPortable left, LanesPortable right) => Map(left, right, static (x, y) => x * y);

    public static LanesPortable operator /(LanesPortable left, LanesPortable right) => Map(left, right, static (x, y) => x / y);

    public static LanesPortable AtLeast(LanesPortable low, LanesPortable value) => Map(low, value, static (x, y) => x > y ? x : y);

    public static LanesPortable AtMost(LanesPortable high, LanesPortable value) => Map(high, value, static (x, y) => x < y ? x : y);

    public static LanesPortable Larger(LanesPortable left, LanesPortable right) =>
        Map(left, right, static (x, y) => x > y || float.IsNaN(x) ? x : y);

    public static LanesPortable Smaller(LanesPortable left, LanesPortable right) =>
        Map(left, right, static (x, y) => x < y || float.IsNaN(x) ? x : y);

    public static LanesPortable IfGreater(LanesPortable left, LanesPortable right, LanesPortable then, LanesPortable otherwise)
    {
        var numbers = default(Numbers);
        for (var lane = 0; lane < 16; lane++)
        {
            numbers[lane] = left._numbers[lane] > right._numbers[lane] ? then._numbers[lane] : otherwise._numbers[lane];
        }

        return new LanesPortable(numbers);
    }

    public static LanesPortable MultiplyAdd(LanesPortable value, LanesPortable factor, LanesPortable addend) => (value * factor) + addend;

    public static LanesPortable Round(LanesPortable value) => Map(value, value, static (x, _) => MathF.Round(x, MidpointRounding.ToEven));

    public static LanesPortable Sqrt(LanesPortable value) => Map(value, value, static (x, _) => MathF.Sqrt(x));

    public static LanesPortable PowerOfTwo(LanesPortable exponent) => Map(exponent, exponent, static (x, _) => BitConverter.Int32BitsToSingle(((int)x + 127) << 23));

    public static LanesPortable Abs(LanesPortable value) => Map(value, value, static (x, _) => MathF.Abs(x));

    public static LanesPortable CopySign(LanesPortable magnitude, LanesPortable sign) => Map(magnitude, sign, MathF.CopySign);

    public void Store(float* target) => ((ReadOnlySpan<float>)_numbers).CopyTo(new Span<float>(target, 16));

    private static LanesPortable Map(LanesPortable left, LanesPortable right, Func<float, float, float> rule)
    {
        var numbers = default(Numbers);
        for (var lane = 0; lane < 16; lane++)
        {
            numbers[lane] = rule(left._numbers[lane], right._numbers[lane]);
        }

        return new LanesPortable(numbers);
    }

    [InlineArray(16)]
    private struct Numbers
    {
        private float _first;
    }
}
