using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>Requests as bodies.</summary>
internal sealed class FirestoreRequests
{
    private readonly FirestoreNames _names;
    private readonly int _maxBytes;

    public FirestoreRequests(FirestoreNames names, int maxBytes)
    {
        _names = names;
        _maxBytes = maxBytes;
    }

    public ReadOnlyMemory<byte> Get(IReadOnlyList<DocumentPath> paths) => Write(FaultClasses.Get, (writer, _) =>
    {
        writer.WriteStartArray("documents");
        foreach (var path in paths)
        {
            writer.WriteStringValue(_names.NameOf(path));
        }

        writer.WriteEndArray();
    });

    public ReadOnlyMemory<byte> Commit(IReadOnlyList<DocumentWrite> writes) => Write(FaultClasses.Commit, (writer, checkSize) =>
    {
        writer.WriteStartArray("writes");
        foreach (var write in writes)
        {
            writer.WriteStartObject();
            switch (write)
            {
                case DocumentWrite.Set set:
                    WriteSet(writer, set);
                    break;
                case DocumentWrite.Delete:
                    writer.WriteString("delete", _names.NameOf(write.Path));
                    break;
            }

            WritePrecondition(writer, write.Precondition);
            writer.WriteEndObject();
            checkSize();
        }

        writer.WriteEndArray();
    });

    public ReadOnlyMemory<byte> Query(DocumentQuery query) =>
        Write(FaultClasses.Query, (writer, _) => StructuredQuery.Write(writer, query, _names));

    private void WriteSet(Utf8JsonWriter writer, DocumentWrite.Set set)
    {
        // Values that the mask does not name would be sent only to be ignored.
        var fields = set.Mask is null ? set.Fields : DocumentFields.Apply(set with { ServerTimes = [] }, null, default);
        writer.WriteStartObject("update");
        writer.WriteString("name", _names.NameOf(set.Path));
        FirestoreJson.WriteFields(writer, fields);
        writer.WriteEndObject();
        if (set.Mask is { } mask)
        {
            writer.WriteStartObject("updateMask");
            WritePaths(writer, mask);
            writer.WriteEndObject();
        }

        if (!set.ServerTimes.IsEmpty)
        {
            writer.WriteStartArray("updateTransforms");
            foreach (var path in set.ServerTimes)
            {
                writer.WriteStartObject();
                writer.WriteString("fieldPath", path);
                writer.WriteString("setToServerValue", "REQUEST_TIME");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    private static void WritePaths(Utf8JsonWriter writer, ImmutableArray<string> paths)
    {
        writer.WriteStartArray("fieldPaths");
        foreach (var path in paths)
        {
            writer.WriteStringValue(path);
        }

        writer.WriteEndArray();
    }

    private static void WritePrecondition(Utf8JsonWriter writer, DocumentPrecondition precondition)
    {
        if (precondition is DocumentPrecondition.Nothing)
        {
            return;
        }

        writer.WriteStartObject("currentDocument");
        switch (precondition)
        {
            case DocumentPrecondition.Existence existence:
                writer.WriteBoolean("exists", existence.Exists);
                break;
            case DocumentPrecondition.Version version:
                FirestoreJson.WriteTime(writer, "updateTime", version.UpdateTime);
                break;
        }

        writer.WriteEndObject();
    }

    private ReadOnlyMemory<byte> Write(string operation, Action<Utf8JsonWriter, Action> content)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, FirestoreJson.WriterOptions))
        {
            writer.WriteStartObject();
            content(writer, () => CheckSize(operation, writer.BytesCommitted + writer.BytesPending));
            writer.WriteEndObject();
        }

        CheckSize(operation, buffer.WrittenCount);
        return buffer.WrittenMemory;
    }

    private void CheckSize(string operation, long bytes)
    {
        if (bytes > _maxBytes)
        {
            throw new DocumentStoreException(
                DocumentStoreError.InvalidArgument, operation, $"the request takes {bytes} bytes or more; it may take {_maxBytes}.");
        }
    }
}
