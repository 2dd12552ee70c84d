using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;

namespace Pipeline.Fixtures.Kinds;

/// <summary>
/// The pictures that a <c>decode</c> case records: in full, by MD5, or as equal to another one under <c>same_as</c>, where
/// <c>:bgr</c>, <c>:bgra</c>, <c>:opaque</c> and <c>:gray3</c> say what lies between.
/// </summary>
public sealed class RecordedPixels
{
    private readonly FixtureCase _fixture;
    private readonly Dictionary<string, string> _sameAs;
    private readonly Dictionary<string, string> _md5;
    private readonly Dictionary<string, ImmutableArray<int>> _shapes;

    public RecordedPixels(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
        _sameAs = Map("same_as", value => value.GetString()!);
        _md5 = Map("md5", value => value.GetString()!);
        _shapes = Map<ImmutableArray<int>>("shape", value => [.. value.EnumerateArray().Select(dimension => dimension.GetInt32())]);
    }

    public IEnumerable<string> Names => _fixture.Outputs.Select(output => output.Name).Concat(_md5.Keys).Concat(_sameAs.Keys).Distinct();

    /// <summary>The recorded shape: height, width, channels, or with frames before them.</summary>
    public ImmutableArray<int> Shape(string name)
    {
        if (!_sameAs.TryGetValue(name, out var same))
        {
            return _fixture.Outputs.FirstOrDefault(output => output.Name == name)?.Shape ?? _shapes[name];
        }

        var parts = same.Split(':');
        var shape = Shape(parts[0]);
        return parts[1..].Aggregate(shape, (result, step) => step switch
        {
            "gray3" => result.SetItem(result.Length - 1, 1),
            "opaque" => result.SetItem(result.Length - 1, 4),
            _ => result,
        });
    }

    /// <param name="got">Height, width and channels as <see cref="Shape"/> says, interleaved.</param>
    public FixtureResult Compare(string name, int height, int width, int channels, ReadOnlySpan<byte> got)
    {
        var pixels = got.ToArray();
        var recorded = name;
        while (_sameAs.TryGetValue(recorded, out var same))
        {
            var parts = same.Split(':');
            recorded = parts[0];
            foreach (var step in parts[1..].Reverse())
            {
                if (Undo(step, ref pixels, ref channels) is { } reason)
                {
                    return FixtureResult.Failed($"output '{name}': {reason}");
                }
            }
        }

        ReadOnlySpan<int> shape = [height, width, channels];
        if (_fixture.Outputs.FirstOrDefault(output => output.Name == recorded) is { } tensor)
        {
            return TensorComparison.Compare(tensor with { Name = name }, shape, pixels, _fixture.Tolerance);
        }

        if (!shape.SequenceEqual(_shapes[recorded].AsSpan()))
        {
            return FixtureResult.Failed($"output '{name}': shape [{string.Join(',', shape.ToArray())}], expected [{string.Join(',', _shapes[recorded])}]");
        }

        // MD5 is the format's own fingerprint and guards nothing.
#pragma warning disable CA5351
        var md5 = Convert.ToHexStringLower(MD5.HashData(pixels));
#pragma warning restore CA5351
        return md5 == _md5[recorded] ? FixtureResult.Passed(0) : FixtureResult.Failed($"output '{name}': MD5 {md5}, expected {_md5[recorded]}");
    }

    /// <summary>Takes our picture back to the one that the recorded one was made of.</summary>
    /// <returns>Why it cannot be, or null.</returns>
    private static string? Undo(string step, ref byte[] pixels, ref int channels)
    {
        switch (step)
        {
            case "bgr" or "bgra":
                for (var index = 0; index < pixels.Length; index += channels)
                {
                    (pixels[index], pixels[index + 2]) = (pixels[index + 2], pixels[index]);
                }

                return null;
            case "opaque":
                if (pixels.Where((_, index) => index % 4 == 3).Any(alpha => alpha != byte.MaxValue))
                {
                    return "it is not opaque";
                }

                pixels = [.. pixels.Where((_, index) => index % 4 != 3)];
                channels = 3;
                return null;
            case "gray3":
                pixels = [.. pixels.SelectMany(gray => new[] { gray, gray, gray })];
                channels = 3;
                return null;
            default:
                throw new InvalidDataException($"'{step}' is no step of same_as.");
        }
    }

    private Dictionary<string, T> Map<T>(string field, Func<JsonElement, T> read) =>
        _fixture.Fields.TryGetProperty(field, out var map) ? map.EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Value)) : [];
}
