using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Documents;

/// <summary>Short forms for documents in tests.</summary>
public static class Fields
{
    public static ImmutableSortedDictionary<string, DocumentValue> Of(params ReadOnlySpan<(string Name, DocumentValue Value)> fields)
    {
        var result = DocumentFields.Empty.ToBuilder();
        foreach (var (name, value) in fields)
        {
            result.Add(name, value);
        }

        return result.ToImmutable();
    }

    public static DocumentValue Map(params ReadOnlySpan<(string Name, DocumentValue Value)> fields) => new DocumentValue.MapValue(Of(fields));

    public static DocumentValue Array(params ReadOnlySpan<DocumentValue> values) => new DocumentValue.ArrayValue([.. values]);
}
