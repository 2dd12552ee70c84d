using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>A field's value, in Firestore's value types. Equality is by content.</summary>
public abstract record DocumentValue
{
    private protected DocumentValue()
    {
    }

    public static DocumentValue Null { get; } = new NullValue();

    public static implicit operator DocumentValue(string value) => new StringValue(value);

    public static implicit operator DocumentValue(long value) => new IntegerValue(value);

    public static implicit operator DocumentValue(bool value) => new BooleanValue(value);

    public static implicit operator DocumentValue(double value) => new DoubleValue(value);

    public static implicit operator DocumentValue(DateTimeOffset value) => new TimestampValue(value);

    public sealed record NullValue : DocumentValue;

    public sealed record BooleanValue(bool Value) : DocumentValue;

    public sealed record IntegerValue(long Value) : DocumentValue;

    public sealed record DoubleValue(double Value) : DocumentValue;

    /// <summary>A point in time, whole microseconds (Firestore's precision), UTC.</summary>
    public sealed record TimestampValue : DocumentValue
    {
        public TimestampValue(DateTimeOffset value) =>
            Value = new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

        public DateTimeOffset Value { get; }
    }

    public sealed record StringValue(string Value) : DocumentValue;

    public sealed record BytesValue(ImmutableArray<byte> Value) : DocumentValue
    {
        public bool Equals(BytesValue? other) => other is not null && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

        public override int GetHashCode() => Value.Length;
    }

    /// <summary>Another document by its full name, <c>projects/P/databases/D/documents/…</c>. The worker writes none; an app's documents have them.</summary>
    public sealed record ReferenceValue(string Name) : DocumentValue;

    /// <summary>A place: degrees, latitude -90 to 90, longitude -180 to 180.</summary>
    public sealed record GeoPointValue(double Latitude, double Longitude) : DocumentValue;

    /// <summary>An array; an array directly inside an array is not allowed.</summary>
    public sealed record ArrayValue(ImmutableArray<DocumentValue> Values) : DocumentValue
    {
        public bool Equals(ArrayValue? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Length;
    }

    public sealed record MapValue(ImmutableSortedDictionary<string, DocumentValue> Fields) : DocumentValue
    {
        public bool Equals(MapValue? other) => other is not null && Fields.SequenceEqual(other.Fields);

        public override int GetHashCode() => Fields.Count;
    }
}
