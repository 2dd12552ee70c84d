using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.History;

/// <summary>Fields by name and type; null where there is none of this type.</summary>
internal static class FieldReader
{
    public static string? Text(ImmutableSortedDictionary<string, DocumentValue> fields, string name) =>
        (fields.GetValueOrDefault(name) as DocumentValue.StringValue)?.Value;

    public static long? Integer(ImmutableSortedDictionary<string, DocumentValue> fields, string name) =>
        (fields.GetValueOrDefault(name) as DocumentValue.IntegerValue)?.Value;

    public static double? Number(ImmutableSortedDictionary<string, DocumentValue> fields, string name) => fields.GetValueOrDefault(name) switch
    {
        DocumentValue.IntegerValue integer => integer.Value,
        DocumentValue.DoubleValue number => number.Value,
        _ => null,
    };

    public static DateTimeOffset? Time(ImmutableSortedDictionary<string, DocumentValue> fields, string name) =>
        (fields.GetValueOrDefault(name) as DocumentValue.TimestampValue)?.Value;

    public static ImmutableSortedDictionary<string, DocumentValue>? Map(ImmutableSortedDictionary<string, DocumentValue> fields, string name) =>
        (fields.GetValueOrDefault(name) as DocumentValue.MapValue)?.Fields;
}
