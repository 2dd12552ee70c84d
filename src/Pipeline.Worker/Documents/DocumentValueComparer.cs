using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>
/// Firestore's order of values: null, booleans, numbers (integers and doubles by value, NaN first), timestamps, strings and bytes (by UTF-8 bytes),
/// references (by their segments), places (by latitude, then longitude), arrays, maps.
/// </summary>
public sealed class DocumentValueComparer : IComparer<DocumentValue>
{
    private DocumentValueComparer()
    {
    }

    public static DocumentValueComparer Instance { get; } = new();

    /// <summary>Whether a range filter compares the two: values of different types are never less or greater than each other in a query.</summary>
    public static bool AreComparable(DocumentValue left, DocumentValue right) => Rank(left) == Rank(right);

    /// <summary>The order of two texts by their UTF-8 bytes, which is also the order of ids.</summary>
    public static int CompareText(string left, string right)
    {
        // UTF-16 orders surrogate pairs before U+E000..U+FFFF, UTF-8 after them: only then do the two orders differ.
        var length = Math.Min(left.Length, right.Length);
        for (var index = 0; index < length; index++)
        {
            var (a, b) = (left[index], right[index]);
            if (a != b)
            {
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    public int Compare(DocumentValue? x, DocumentValue? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        return (x, y) switch
        {
            (DocumentValue.BooleanValue a, DocumentValue.BooleanValue b) => a.Value.CompareTo(b.Value),
            (DocumentValue.IntegerValue a, DocumentValue.IntegerValue b) => a.Value.CompareTo(b.Value),
            (DocumentValue.DoubleValue a, DocumentValue.DoubleValue b) => CompareDoubles(a.Value, b.Value),
            (DocumentValue.IntegerValue a, DocumentValue.DoubleValue b) => CompareMixed(a.Value, b.Value),
            (DocumentValue.DoubleValue a, DocumentValue.IntegerValue b) => -CompareMixed(b.Value, a.Value),
            (DocumentValue.TimestampValue a, DocumentValue.TimestampValue b) => a.Value.CompareTo(b.Value),
            (DocumentValue.StringValue a, DocumentValue.StringValue b) => CompareText(a.Value, b.Value),
            (DocumentValue.BytesValue a, DocumentValue.BytesValue b) => a.Value.AsSpan().SequenceCompareTo(b.Value.AsSpan()),
            (DocumentValue.ReferenceValue a, DocumentValue.ReferenceValue b) => CompareNames(a.Name, b.Name),
            (DocumentValue.GeoPointValue a, DocumentValue.GeoPointValue b) => ComparePlaces(a, b),
            (DocumentValue.ArrayValue a, DocumentValue.ArrayValue b) => CompareArrays(a.Values, b.Values),
            (DocumentValue.MapValue a, DocumentValue.MapValue b) => CompareMaps(a, b),
            _ => Rank(x).CompareTo(Rank(y)),
        };
    }

    private static int Rank(DocumentValue value) => value switch
    {
        DocumentValue.NullValue => 0,
        DocumentValue.BooleanValue => 1,
        DocumentValue.IntegerValue or DocumentValue.DoubleValue => 2,
        DocumentValue.TimestampValue => 3,
        DocumentValue.StringValue => 4,
        DocumentValue.BytesValue => 5,
        DocumentValue.ReferenceValue => 6,
        DocumentValue.GeoPointValue => 7,
        DocumentValue.ArrayValue => 8,
        _ => 9,
    };

    private static int CompareDoubles(double left, double right) => left == right ? 0 : left.CompareTo(right);

    private static int CompareMixed(long integer, double number)
    {
        if (double.IsNaN(number))
        {
            return 1;
        }

        // A double of 2^63 or more in magnitude is beyond every integer; below, its whole part is exact.
        if (number >= 9223372036854775808d)
        {
            return -1;
        }

        if (number < -9223372036854775808d)
        {
            return 1;
        }

        var whole = Math.Floor(number);
        var order = integer.CompareTo((long)whole);
        return order != 0 ? order : whole < number ? -1 : 0;
    }

    private static int CompareNames(string left, string right)
    {
        var (a, b) = (left.Split('/'), right.Split('/'));
        for (var index = 0; index < Math.Min(a.Length, b.Length); index++)
        {
            var order = CompareText(a[index], b[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int ComparePlaces(DocumentValue.GeoPointValue left, DocumentValue.GeoPointValue right)
    {
        var order = CompareDoubles(left.Latitude, right.Latitude);
        return order != 0 ? order : CompareDoubles(left.Longitude, right.Longitude);
    }

    private int CompareArrays(ImmutableArray<DocumentValue> left, ImmutableArray<DocumentValue> right)
    {
        for (var index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            var order = Compare(left[index], right[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private int CompareMaps(DocumentValue.MapValue left, DocumentValue.MapValue right)
    {
        var byName = Comparer<KeyValuePair<string, DocumentValue>>.Create((a, b) => CompareText(a.Key, b.Key));
        foreach (var (a, b) in left.Fields.Order(byName).Zip(right.Fields.Order(byName)))
        {
            var order = CompareText(a.Key, b.Key);
            order = order != 0 ? order : Compare(a.Value, b.Value);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Fields.Count.CompareTo(right.Fields.Count);
    }
}
