using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>
/// Reads recordings: <c>index.json</c> with cases and <c>tensors.bin</c> with their values, little-endian in C order.
/// </summary>
internal sealed class RecordedFolder : IDisposable
{
    private const long LargestIndex = 64L << 20;
    private const int ModelsNamedAtMost = 10;

    private static readonly ImmutableArray<string> Kinds = ["saved_model", "saved_model_photo"];

    private readonly string _folder;
    private readonly string _indexFile;
    private readonly JsonDocument _index;
    private readonly SafeFileHandle? _tensors;

    private RecordedFolder(string folder, string indexFile, JsonDocument index, SafeFileHandle? tensors)
    {
        _folder = folder;
        _indexFile = indexFile;
        _index = index;
        _tensors = tensors;
    }

    /// <exception cref="InvalidRecordingException">There is no index, or it is no JSON.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RecordedFolder Open(string folder)
    {
        var file = Path.Combine(folder, "index.json");
        if (!File.Exists(file))
        {
            throw new InvalidRecordingException(folder, "there is no index.json; a recording is index.json with tensors.bin");
        }

        if (new FileInfo(file).Length is var length && length > LargestIndex)
        {
            throw new InvalidRecordingException(file, $"it has {length} bytes, at most {LargestIndex} are read");
        }

        try
        {
            var tensors = Path.Combine(folder, "tensors.bin");
            return new RecordedFolder(folder, file, JsonDocument.Parse(File.ReadAllBytes(file)), File.Exists(tensors) ? File.OpenHandle(tensors) : null);
        }
        catch (JsonException error)
        {
            throw new InvalidRecordingException(file, $"it is no JSON: line {error.LineNumber + 1}", error);
        }
    }

    /// <summary>The cases of a model: those of the name given; else those whose path leads to its folder; else those whose path ends in its folder's name.</summary>
    /// <param name="recordedAs">The path under which it was recorded, or null.</param>
    /// <exception cref="InvalidRecordingException">There are none, or they are not in the format.</exception>
    public ImmutableArray<RecordedCase> CasesOf(string modelFolder, string? recordedAs)
    {
        try
        {
            var cases = _index.RootElement.GetProperty("cases").EnumerateArray().Where(element => Text(element, "kind") is { } kind && Kinds.Contains(kind)).ToList();
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder));
            var exact = cases.Where(element => IsAt(element, path => recordedAs is null ? Path.GetFullPath(Path.Combine(_folder, path)) == full : path == recordedAs)).ToList();
            var chosen = exact.Count > 0 || recordedAs is not null ? exact : [.. cases.Where(element => IsAt(element, path => Path.GetFileName(path) == Path.GetFileName(full)))];
            if (chosen.Count == 0)
            {
                var others = cases.Select(element => Text(element, "path")).Distinct().ToList();
                var named = string.Join(", ", others.Take(ModelsNamedAtMost));
                throw new InvalidRecordingException(
                    _indexFile, $"it records nothing of {recordedAs ?? full}, but of {others.Count}: {named}{(others.Count > ModelsNamedAtMost ? ", …" : string.Empty)}; --recorded-as says which it is");
            }

            return [.. chosen.Select(ReadCase)];
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidRecordingException(_indexFile, $"it is not in the format: {error.Message.TrimEnd('.')}", error);
        }
    }

    public void Dispose()
    {
        _index.Dispose();
        _tensors?.Dispose();
    }

    private RecordedCase ReadCase(JsonElement element)
    {
        var id = Text(element, "id") ?? throw new InvalidRecordingException(_indexFile, "a case has no id");
        var tolerance = element.GetProperty("tolerance");
        var photo = Text(element, "photo");
        return new RecordedCase(
            id,
            Text(element, "kind")!,
            Text(element, "signature"),
            element.TryGetProperty("tags", out var tags) ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)] : ["serve"],
            photo is null ? null : Path.Combine(_folder, Text(element, "photo_root") ?? string.Empty, photo),
            element.TryGetProperty("input", out var input) ? Text(input, "md5") : null,
            [.. element.GetProperty("inputs").EnumerateArray().Select(tensor => ReadTensor(tensor, id))],
            [.. element.GetProperty("outputs").EnumerateArray().Select(tensor => ReadTensor(tensor, id))],
            tolerance.GetProperty("rel").GetDouble(),
            tolerance.GetProperty("abs").GetDouble());
    }

    private RecordedTensor ReadTensor(JsonElement element, string id)
    {
        var name = Text(element, "name") ?? throw new InvalidRecordingException(_indexFile, $"case '{id}': a tensor has no name");
        var typeName = Text(element, "dtype");
        if (typeName == "string")
        {
            return new RecordedTensor(name, null);
        }

        var place = $"case '{id}', tensor '{name}'";
        if (!Enum.TryParse<DataType>(typeName, ignoreCase: true, out var type) || !type.IsNumeric() || char.IsDigit(typeName![0]))
        {
            throw new InvalidRecordingException(_indexFile, $"{place}: its dtype is '{typeName}'");
        }

        try
        {
            var shape = Shape.Of([.. element.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())]);
            var (offset, length) = (element.GetProperty("offset").GetInt64(), element.GetProperty("length").GetInt64());
            var available = _tensors is null ? 0 : RandomAccess.GetLength(_tensors);
            if (type.ByteLength(shape.ElementCount) != length || offset < 0 || length > available || offset > available - length)
            {
                throw new InvalidRecordingException(
                    _indexFile, $"{place}: {type}{shape} needs {type.ByteLength(shape.ElementCount)} bytes, it has {length} at {offset}, and tensors.bin holds {available}");
            }

            var tensor = Tensor.Uninitialized(type, shape);
            ReadExactly(offset, tensor.Bytes);
            return new RecordedTensor(name, tensor);
        }
        catch (InvalidShapeException error)
        {
            throw new InvalidRecordingException(_indexFile, $"{place}: {error.Message.TrimEnd('.')}", error);
        }
    }

    private void ReadExactly(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(_tensors!, bytes, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"{_folder}: tensors.bin became shorter while it was read.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    private static bool IsAt(JsonElement element, Func<string, bool> isIt) => Text(element, "path") is { } path && isIt(path);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
