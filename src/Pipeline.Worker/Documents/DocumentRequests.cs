using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Pipeline.Worker.Documents;

/// <summary>What makes a request wrong, in every store alike.</summary>
public static class DocumentRequests
{
    /// <summary>Bytes of UTF-8 in an id or a field's name.</summary>
    public const int MaxIdBytes = 1500;

    /// <summary>Documents of one query.</summary>
    public const int MaxLimit = 1000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text can be an id: 1 to 1,500 bytes of valid UTF-8, no <c>/</c>, not <c>.</c>, <c>..</c> or <c>__.*__</c>.</summary>
    public static bool IsId(string? id) => IsName(id) && id is not ("." or "..") && !id!.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether a text can be the name of a field or of a map's member: 1 to 1,500 bytes of valid UTF-8, not <c>__.*__</c>.</summary>
    public static bool IsName(string? name) =>
        !string.IsNullOrEmpty(name)
        && name.Length <= MaxIdBytes
        && !(name.Length >= 4 && name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))
        && IsText(name)
        && StrictUtf8.GetByteCount(name) <= MaxIdBytes;

    /// <summary>Whether a text can be a collection: an odd number of ids joined by <c>/</c>.</summary>
    public static bool IsCollection(string? collection)
    {
        var segments = collection?.Split('/') ?? [];
        return segments.Length % 2 == 1 && segments.All(IsId);
    }

    /// <exception cref="DocumentStoreException"><see cref="DocumentStoreError.InvalidArgument"/>: none, one twice, or one that cannot be.</exception>
    public static void Check(IReadOnlyList<DocumentPath> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        CheckPaths("get", paths);
    }

    /// <exception cref="DocumentStoreException"><see cref="DocumentStoreError.InvalidArgument"/>, with what is wrong.</exception>
    public static void Check(IReadOnlyList<DocumentWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        CheckPaths("commit", [.. writes.Select(static write => write.Path)]);
        foreach (var set in writes.OfType<DocumentWrite.Set>())
        {
            CheckFieldPaths(set);
            CheckValue(set.Path, new DocumentValue.MapValue(set.Fields), depth: 0);
        }
    }

    /// <exception cref="DocumentStoreException"><see cref="DocumentStoreError.InvalidArgument"/>, with what is wrong.</exception>
    public static void Check(DocumentQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!IsCollection(query.Collection))
        {
            throw Invalid("query", $"'{query.Collection}' is no collection.");
        }

        if (query.Limit is < 1 or > MaxLimit)
        {
            throw Invalid("query", $"the limit is {query.Limit}; it may be 1 to {MaxLimit}.");
        }

        foreach (var filter in query.Filters)
        {
            ParseFieldPath("query", filter.Field);
            if (filter.Operator != DocumentFilterOperator.Equal && filter.Field != query.OrderBy)
            {
                throw Invalid("query", $"the range filter on '{filter.Field}' needs that order; the order is '{query.OrderBy ?? "by id"}'.");
            }
        }

        if (query.OrderBy is { } orderBy)
        {
            ParseFieldPath("query", orderBy);
            if (query.StartAfter is { } start && (start.Fields is null || DocumentFields.Find(start.Fields, orderBy) is null))
            {
                throw Invalid("query", $"the document to start after has no field '{orderBy}'.");
            }
        }
    }

    private static void CheckPaths(string operation, IReadOnlyList<DocumentPath> paths)
    {
        if (paths.Count == 0)
        {
            throw Invalid(operation, "at least one document is needed.");
        }

        var seen = new HashSet<DocumentPath>();
        foreach (var path in paths)
        {
            if (!IsCollection(path.Collection) || !IsId(path.Id))
            {
                throw Invalid(operation, $"'{path}' is no document's path.");
            }

            if (!seen.Add(path))
            {
                throw Invalid(operation, $"the document '{path}' is named twice.");
            }
        }
    }

    private static void CheckFieldPaths(DocumentWrite.Set set)
    {
        // Ordered as text with a final '.', a path comes right before those that it contains.
        var paths = (set.Mask ?? [])
            .Select(static path => string.Concat(ParseFieldPath("commit", path).Select(static segment => DocumentFieldPath.Format(segment) + ".")))
            .Order(StringComparer.Ordinal)
            .ToArray();
        for (var index = 1; index < paths.Length; index++)
        {
            if (paths[index].StartsWith(paths[index - 1], StringComparison.Ordinal))
            {
                throw Invalid("commit", $"the mask of '{set.Path}' names '{paths[index].TrimEnd('.')}' and what contains it.");
            }
        }

        foreach (var path in set.ServerTimes)
        {
            ParseFieldPath("commit", path);
        }
    }

    private static ImmutableArray<string> ParseFieldPath(string operation, string path)
    {
        try
        {
            return DocumentFieldPath.Parse(path);
        }
        catch (FormatException exception)
        {
            throw Invalid(operation, exception.Message);
        }
    }

    private static void CheckValue(DocumentPath path, DocumentValue value, int depth)
    {
        if (depth > 20)
        {
            throw Invalid("commit", $"the fields of '{path}' are nested deeper than 20.");
        }

        switch (value)
        {
            case DocumentValue.StringValue text when !IsText(text.Value):
                throw Invalid("commit", $"a text of '{path}' is not valid Unicode.");
            case DocumentValue.MapValue map:
                foreach (var (name, inner) in map.Fields)
                {
                    if (!IsName(name))
                    {
                        throw Invalid("commit", $"'{name}' in '{path}' is no field's name.");
                    }

                    CheckValue(path, inner, depth + 1);
                }

                break;
            case DocumentValue.ArrayValue array:
                foreach (var inner in array.Values)
                {
                    if (inner is DocumentValue.ArrayValue)
                    {
                        throw Invalid("commit", $"an array of '{path}' lies directly in an array.");
                    }

                    CheckValue(path, inner, depth + 1);
                }

                break;
        }
    }

    private static bool IsText(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }

    private static DocumentStoreException Invalid(string operation, string detail) =>
        new(DocumentStoreError.InvalidArgument, operation, detail);
}
