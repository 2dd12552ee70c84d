using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>A masked write in the making: fields that are set, deleted, or receive the server's time.</summary>
internal sealed class FieldChanges
{
    private readonly ImmutableSortedDictionary<string, DocumentValue>.Builder _values = DocumentFields.Empty.ToBuilder();
    private readonly ImmutableSortedSet<string>.Builder _mask = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableArray<string>.Builder _serverTimes = ImmutableArray.CreateBuilder<string>();

    /// <summary>Sets a field; null deletes it.</summary>
    public FieldChanges Set(string name, DocumentValue? value)
    {
        _mask.Add(name);
        if (value is null)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = value;
        }

        return this;
    }

    public FieldChanges Delete(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Set(name, null);
        }

        return this;
    }

    /// <summary>Gives the server's time to field paths.</summary>
    public FieldChanges Now(params ReadOnlySpan<string> paths)
    {
        _serverTimes.AddRange(paths);
        return this;
    }

    /// <summary>The write that changes only what was named.</summary>
    public DocumentWrite.Set Masked(DocumentPath path, DocumentPrecondition precondition) =>
        new(path, precondition, _values.ToImmutable(), [.. _mask.Select(static name => DocumentFieldPath.Format(name))], _serverTimes.ToImmutable());

    /// <summary>The write that replaces the document.</summary>
    public DocumentWrite.Set Whole(DocumentPath path, DocumentPrecondition precondition) =>
        new(path, precondition, _values.ToImmutable(), null, _serverTimes.ToImmutable());

    /// <summary>The write that changes what was named inside a map of another document, and leaves the map's other members.</summary>
    /// <param name="field">The map's field path.</param>
    public DocumentWrite.Set Inside(string field, DocumentPath path, DocumentPrecondition precondition)
    {
        var values = _values.ToImmutable();
        foreach (var segment in DocumentFieldPath.Parse(field).Reverse())
        {
            values = DocumentFields.Empty.Add(segment, new DocumentValue.MapValue(values));
        }

        return new DocumentWrite.Set(
            path,
            precondition,
            values,
            [.. _mask.Select(name => $"{field}.{DocumentFieldPath.Format(name)}")],
            [.. _serverTimes.Select(time => $"{field}.{time}")]);
    }
}
