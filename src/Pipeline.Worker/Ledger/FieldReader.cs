using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>Reads fields that may be missing or of another type: both are null.</summary>
internal readonly struct FieldReader
{
    private readonly ImmutableSortedDictionary<string, DocumentValue> _fields;

    public FieldReader(ImmutableSortedDictionary<string, DocumentValue> fields)
    {
        _fields = fields;
    }

    public string? Text(params ReadOnlySpan<string> path) => (Find(path) as DocumentValue.StringValue)?.Value;

    public long? Integer(params ReadOnlySpan<string> path) => (Find(path) as DocumentValue.IntegerValue)?.Value;

    public DateTimeOffset? Time(params ReadOnlySpan<string> path) => (Find(path) as DocumentValue.TimestampValue)?.Value;

    public ImmutableArray<DocumentValue> Array(string name) => Find([name]) is DocumentValue.ArrayValue array ? array.Values : [];

    private DocumentValue? Find(ReadOnlySpan<string> path)
    {
        var fields = _fields;
        for (var index = 0; index < path.Length - 1; index++)
        {
            if (!fields.TryGetValue(path[index], out var inner) || inner is not DocumentValue.MapValue map)
            {
                return null;
            }

            fields = map.Fields;
        }

        return fields.GetValueOrDefault(path[^1]);
    }
}
