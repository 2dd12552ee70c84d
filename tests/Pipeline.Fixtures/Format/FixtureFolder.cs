using System.Collections.Immutable;
using System.Text.Json;

namespace Pipeline.Fixtures.Format;

/// <summary>Reads <c>index.json</c> and <c>tensors.bin</c> of a fixture folder.</summary>
public static class FixtureFolder
{
    /// <exception cref="InvalidFixtureException">The folder is not in the format.</exception>
    public static ImmutableArray<FixtureCase> Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var index = Path.Combine(folder, "index.json");
        if (!File.Exists(index))
        {
            throw new InvalidFixtureException(folder, "there is no index.json.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            var tensors = Path.Combine(folder, "tensors.bin");
            ReadOnlyMemory<byte> data = File.Exists(tensors) ? File.ReadAllBytes(tensors) : ReadOnlyMemory<byte>.Empty;
            return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(element => ReadCase(folder, element, data))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidFixtureException(folder, $"index.json is not in the format: {error.Message}", error);
        }
    }

    /// <summary>Reads the tensor that a JSON object describes, for fields of a kind's own such as <c>outputs_builtin</c>.</summary>
    private static FixtureTensor ReadTensor(string folder, string id, JsonElement element, ReadOnlyMemory<byte> data)
    {
        var name = element.GetProperty("name").GetString()!;
        var dataType = element.GetProperty("dtype").GetString()!;
        ImmutableArray<int> shape = [.. element.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())];
        if (dataType == "string")
        {
            ImmutableArray<byte[]> strings = [.. element.GetProperty("base64").EnumerateArray().Select(text => text.GetBytesFromBase64())];
            return new FixtureTensor(name, dataType, shape, ReadOnlyMemory<byte>.Empty, strings);
        }

        var offset = element.GetProperty("offset").GetInt64();
        var length = element.GetProperty("length").GetInt64();
        if (offset < 0 || length < 0 || offset > data.Length - length)
        {
            throw new InvalidFixtureException(folder, $"case '{id}': tensor '{name}' lies at {offset}+{length}, tensors.bin holds {data.Length} bytes.");
        }

        return new FixtureTensor(name, dataType, shape, data.Slice((int)offset, (int)length), null);
    }

    private static FixtureCase ReadCase(string folder, JsonElement element, ReadOnlyMemory<byte> data)
    {
        var id = element.GetProperty("id").GetString()!;
        var tolerance = element.GetProperty("tolerance");
        return new FixtureCase(
            folder,
            id,
            element.GetProperty("kind").GetString()!,
            element.GetProperty("path").GetString(),
            element.GetProperty("signature").GetString(),
            ReadTensors("inputs"),
            ReadTensors("outputs"),
            new FixtureTolerance(tolerance.GetProperty("rel").GetDouble(), tolerance.GetProperty("abs").GetDouble()),
            element.Clone());

        ImmutableArray<FixtureTensor> ReadTensors(string field) =>
            [.. element.GetProperty(field).EnumerateArray().Select(tensor => ReadTensor(folder, id, tensor, data))];
    }
}
