using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>Values of every type, many of them at the borders, from a printed seed.</summary>
internal sealed class RandomValues
{
    private static readonly double[] Doubles =
    [
        double.NaN, double.NegativeInfinity, double.PositiveInfinity, 0.0, -0.0, 1.5, -1.5, 1, -1, double.Epsilon, double.MaxValue, double.MinValue,
        9007199254740992, 9007199254740994, 9.2233720368547758E18, -9.2233720368547758E18,
    ];

    private static readonly long[] Integers =
        [0, 1, -1, 2, long.MinValue, long.MinValue + 1, long.MaxValue, long.MaxValue - 1, 9007199254740991, 9007199254740992, 9007199254740993, -9007199254740993];

    private static readonly string[] Texts = ["", "a", "ab", "b", "\0", "a\0", "a\0b", "\u0001", "é", "e\u0301", "\uFFFD", "\uE000", "😀", "~", "\r\n", "\"\\`"];

    private readonly Random _random;

    public RandomValues(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        _random = new Random(seed);
    }

    public DocumentValue Next(int depth = 2)
    {
        switch (_random.Next(depth > 0 ? 11 : 9))
        {
            case 0: return DocumentValue.Null;
            case 1: return _random.Next(2) == 0;
            case 2: return _random.Next(2) == 0 ? Pick(Integers) : _random.NextInt64();
            case 3: return _random.Next(2) == 0 ? Pick(Doubles) : _random.NextDouble() * 100;
            case 4: return DateTimeOffset.UnixEpoch.AddTicks(_random.NextInt64(-1_000_000, 1_000_000) * 10);
            case 5: return Pick(Texts) + Pick(Texts);
            case 6: return new DocumentValue.BytesValue([.. Enumerable.Range(0, _random.Next(4)).Select(_ => (byte)_random.Next(3))]);
            case 7: return new DocumentValue.GeoPointValue(_random.Next(-90, 91), Pick(Doubles));
            case 8: return new DocumentValue.ReferenceValue($"{Pick(Texts)}/{Pick(Texts)}");
            case 9: return new DocumentValue.ArrayValue([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Next(depth - 1)).Where(value => value is not DocumentValue.ArrayValue)]);
            default: return Map(depth - 1);
        }
    }

    public DocumentValue.MapValue Map(int depth)
    {
        var names = Texts.Where(text => text.Length > 0 && _random.Next(8) == 0);
        return new DocumentValue.MapValue(Documents.Fields(names.Select(name => (name, Next(depth)))));
    }

    public T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    public int Next(int min, int max) => _random.Next(min, max);
}
