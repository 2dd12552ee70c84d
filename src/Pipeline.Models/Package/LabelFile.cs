using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Pipeline.Models.Package;

/// <summary>
/// Reads a label file: UTF-8, one label a line in the order of the classes, white space around it dropped. Where every line is its own number,
/// a space and a label (Teachable Machine's <c>0 Name</c>), the numbers are dropped. Labels need not be unique.
/// </summary>
public static class LabelFile
{
    /// <summary>Bytes of a label file.</summary>
    public const int MaxFileLength = 16 << 20;

    /// <summary>Lines of a label file.</summary>
    public const int MaxLabels = 100_000;

    /// <summary>Bytes of a label in UTF-8.</summary>
    public const int MaxLabelLength = 1000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="InvalidLabelsException">Missing, too long, not UTF-8, or with an empty, overlong or unprintable label; the line is named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImmutableArray<string> ReadFile(string path) => ReadFile(path, out _);

    /// <param name="areNumbered">Whether every line was its own number, a space and a label.</param>
    /// <inheritdoc cref="ReadFile(string)"/>
    internal static ImmutableArray<string> ReadFile(string path, out bool areNumbered)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InvalidLabelsException(path, "there is no such file; it holds one label a line");
        }

        return file.Length <= MaxFileLength
            ? Read(File.ReadAllBytes(path), path, out areNumbered)
            : throw new InvalidLabelsException(path, $"the file has {file.Length} bytes, allowed are {MaxFileLength}");
    }

    /// <param name="text">The file's bytes.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InvalidLabelsException">As of <see cref="ReadFile(string)"/>.</exception>
    public static ImmutableArray<string> Read(ReadOnlySpan<byte> text, string file) => Read(text, file, out _);

    private static ImmutableArray<string> Read(ReadOnlySpan<byte> text, string file, out bool areNumbered)
    {
        ArgumentNullException.ThrowIfNull(file);
        var content = text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
        if (!Utf8.IsValid(content))
        {
            throw new InvalidLabelsException(file, "the file is not UTF-8");
        }

        var labels = ImmutableArray.CreateBuilder<string>();
        content = content.EndsWith((byte)'\n') ? content[..^1] : content;
        foreach (var line in content.Split((byte)'\n'))
        {
            if (labels.Count == MaxLabels)
            {
                throw new InvalidLabelsException(file, $"the file has more than {MaxLabels} lines, which is the limit");
            }

            labels.Add(ReadLabel(content[line], labels.Count + 1, file));
        }

        areNumbered = AreNumbered(labels);
        return areNumbered ? [.. labels.Select(WithoutNumber)] : labels.ToImmutable();
    }

    private static string ReadLabel(ReadOnlySpan<byte> line, int number, string file)
    {
        var label = Encoding.UTF8.GetString(line).Trim();
        if (label.Length == 0)
        {
            throw new InvalidLabelsException(file, $"line {number} is empty");
        }

        if (label.Any(char.IsControl))
        {
            throw new InvalidLabelsException(file, $"line {number} holds a control character");
        }

        var length = Encoding.UTF8.GetByteCount(label);
        return length <= MaxLabelLength ? label : throw new InvalidLabelsException(file, $"line {number} has {length} bytes, allowed are {MaxLabelLength}");
    }

    private static string WithoutNumber(string label) => label[(label.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart();

    private static bool AreNumbered(IEnumerable<string> labels) =>
        labels.Index().All(entry => entry.Item.StartsWith(entry.Index.ToString(CultureInfo.InvariantCulture) + " ", StringComparison.Ordinal));
}
