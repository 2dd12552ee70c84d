using System.Collections.Immutable;
using System.Globalization;

namespace Pipeline.Models.Package.Manifest;

/// <summary>Which numbers a value of the manifest may be.</summary>
internal sealed class NumberRule
{
    private readonly Func<double, bool> _accepts;

    private NumberRule(string allowed, Func<double, bool> accepts)
    {
        Allowed = allowed;
        _accepts = accepts;
    }

    /// <summary>A share of a side.</summary>
    public static NumberRule Fraction { get; } = new("a number above 0 and up to 1", number => number is > 0 and <= 1);

    /// <summary>A score.</summary>
    public static NumberRule Score { get; } = Between(0, 1);

    /// <summary>The end of "allowed: …".</summary>
    public string Allowed { get; }

    public static NumberRule Between(double minimum, double maximum) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {minimum:0.######} to {maximum:0.######}"),
        number => number >= minimum && number <= maximum);

    /// <summary>Whole numbers, however they are written: <c>224.0</c> is one.</summary>
    public static NumberRule Integer(int minimum, int maximum) => new(
        string.Create(CultureInfo.InvariantCulture, $"an integer from {minimum} to {maximum}"),
        number => number >= minimum && number <= maximum && double.IsInteger(number));

    public static NumberRule OneOf(ImmutableArray<int> numbers) => new(
        string.Join(", ", numbers),
        number => double.IsInteger(number) && Math.Abs(number) <= int.MaxValue && numbers.Contains((int)number));

    public bool Accepts(double number) => _accepts(number);
}
