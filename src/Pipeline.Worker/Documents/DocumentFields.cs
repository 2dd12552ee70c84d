using System.Collections.Immutable;
using FieldMap = System.Collections.Immutable.ImmutableSortedDictionary<string, Pipeline.Worker.Documents.DocumentValue>;

namespace Pipeline.Worker.Documents;

/// <summary>What a write makes of a document's fields. Stores that keep documents themselves share it, so that they agree.</summary>
public static class DocumentFields
{
    /// <summary>A document without fields; names are ordered ordinally.</summary>
    public static FieldMap Empty { get; } = ImmutableSortedDictionary.Create<string, DocumentValue>(StringComparer.Ordinal);

    /// <summary>The fields after a write.</summary>
    /// <param name="current">The fields before, or null where the document does not exist.</param>
    /// <param name="serverTime">What the write's server times become.</param>
    public static FieldMap Apply(DocumentWrite.Set write, FieldMap? current, DateTimeOffset serverTime)
    {
        ArgumentNullException.ThrowIfNull(write);
        FieldMap result;
        if (write.Mask is { } mask)
        {
            result = current ?? Empty;
            foreach (var path in mask)
            {
                var segments = DocumentFieldPath.Parse(path).AsSpan();
                result = With(result, segments, Find(write.Fields, segments));
            }
        }
        else
        {
            result = Empty.AddRange(write.Fields);
        }

        foreach (var path in write.ServerTimes)
        {
            result = With(result, DocumentFieldPath.Parse(path).AsSpan(), serverTime);
        }

        return result;
    }

    /// <summary>The value at a path, or null where there is none.</summary>
    public static DocumentValue? Find(FieldMap fields, string path) => Find(fields, DocumentFieldPath.Parse(path).AsSpan());

    private static DocumentValue? Find(FieldMap fields, ReadOnlySpan<string> segments)
    {
        if (!fields.TryGetValue(segments[0], out var value))
        {
            return null;
        }

        return segments.Length == 1 ? value : value is DocumentValue.MapValue map ? Find(map.Fields, segments[1..]) : null;
    }

    /// <summary>Sets or, where <paramref name="value"/> is null, deletes. Anything on the way that is no map becomes one when setting.</summary>
    private static FieldMap With(FieldMap fields, ReadOnlySpan<string> segments, DocumentValue? value)
    {
        var name = segments[0];
        if (segments.Length == 1)
        {
            return value is null ? fields.Remove(name) : fields.SetItem(name, value);
        }

        var inner = fields.TryGetValue(name, out var existing) && existing is DocumentValue.MapValue map ? map.Fields : null;
        if (inner is null && value is null)
        {
            return fields;
        }

        return fields.SetItem(name, new DocumentValue.MapValue(With(inner ?? Empty, segments[1..], value)));
    }
}
