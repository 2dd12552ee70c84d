using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>
/// An ordered list of the documents that have all of some fields. The list of indexes belongs to the file's format: a change of it raises the schema's version.
/// </summary>
internal sealed class DocumentIndex
{
    private DocumentIndex(int number, params ImmutableArray<string> fields)
    {
        Number = number;
        Fields = fields;
    }

    /// <summary>What sweeps and owners ask for.</summary>
    public static ImmutableArray<DocumentIndex> All { get; } =
    [
        new(1, "state", "dueAt"),
        new(2, "lease.at"),
        new(3, "owner", "updatedAt"),
    ];

    public int Number { get; }

    public ImmutableArray<string> Fields { get; }

    /// <summary>The document's key in this index, or null where it lacks one of the fields.</summary>
    public byte[]? FindKey(ImmutableSortedDictionary<string, DocumentValue> fields)
    {
        var key = new List<byte>();
        foreach (var path in Fields)
        {
            if (DocumentFields.Find(fields, path) is not { } value)
            {
                return null;
            }

            OrderKey.Append(key, value);
        }

        return [.. key];
    }
}
