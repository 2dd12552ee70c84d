using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>Reads fields by their paths; what is missing or of another type is null.</summary>
internal readonly struct ResultReader
{
    private readonly ImmutableSortedDictionary<string, DocumentValue> _fields;

    public ResultReader(ImmutableSortedDictionary<string, DocumentValue> fields)
    {
        _fields = fields;
    }

    public string? Text(string path) => (Find(path) as DocumentValue.StringValue)?.Value;

    public long? Integer(string path) => (Find(path) as DocumentValue.IntegerValue)?.Value;

    public DateTimeOffset? Time(string path) => (Find(path) as DocumentValue.TimestampValue)?.Value;

    /// <summary>An integer or a finite double.</summary>
    public double? Number(string path) => Find(path) switch
    {
        DocumentValue.IntegerValue integer => integer.Value,
        DocumentValue.DoubleValue { Value: var number } when double.IsFinite(number) => number,
        _ => null,
    };

    private DocumentValue? Find(string path) => DocumentFields.Find(_fields, path);
}
