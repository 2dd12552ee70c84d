using System.Text.RegularExpressions;

namespace Pipeline.Models.Package.Manifest;

/// <summary>What a text value of the manifest must look like; the published schema has the same patterns.</summary>
internal sealed partial class TextRule
{
    private readonly Regex _pattern;

    private TextRule(Regex pattern, string allowed)
    {
        _pattern = pattern;
        Allowed = allowed;
    }

    /// <summary>A model's name, safe in an URL, a file name and a log.</summary>
    public static TextRule ModelName { get; } =
        new(ModelNamePattern(), "1 to 100 of the letters A-Z and a-z, digits, '.', '_' and '-', beginning with a letter or digit");

    public static TextRule Version { get; } =
        new(VersionPattern(), "1 to 50 of the letters A-Z and a-z, digits, '.', '_', '+' and '-', beginning with a letter or digit");

    /// <summary>The name of a tensor, signature or label.</summary>
    public static TextRule Name { get; } = new(NamePattern(), $"a text of 1 to {ManifestLimits.MaxTextLength} characters without control characters");

    /// <summary>A path that cannot leave the folder.</summary>
    public static TextRule RelativePath { get; } =
        new(RelativePathPattern(), "the path of a file within the model's folder, with slashes and without '.' and '..', for example \"labels.txt\"");

    public static TextRule Sha256 { get; } = new(Sha256Pattern(), "64 hexadecimal digits");

    /// <summary>The end of "allowed: …".</summary>
    public string Allowed { get; }

    public bool Accepts(string text) => _pattern.IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModelNamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^[^\u0000-\u001f\u007f]{1,1000}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(
        @"^(?!.{256})(?!\.{1,2}(?:/|\z))[^/\\:\u0000-\u001f\u007f]+(?:/(?!\.{1,2}(?:/|\z))[^/\\:\u0000-\u001f\u007f]+)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex RelativePathPattern();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256Pattern();
}
