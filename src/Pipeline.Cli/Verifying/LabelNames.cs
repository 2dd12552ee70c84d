using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Verifying;

/// <summary>
/// Finds the classes that a folder's name means: names are compared in <see cref="CanonicalForm"/>; and where none is the same, without letter case and with spaces,
/// <c>_</c>, <c>-</c>, <c>/</c> and <c>:</c> alike, as file systems force people to write them, if that leaves one label only.
/// </summary>
internal sealed partial class LabelNames
{
    private readonly ImmutableArray<string> _labels;
    private readonly ILookup<string, int> _exact;
    private readonly ILookup<string, int> _loose;

    /// <param name="labels">In the order of the classes.</param>
    public LabelNames(ImmutableArray<string> labels)
    {
        _labels = labels;
        _exact = labels.Index().ToLookup(entry => Exact(entry.Item), entry => entry.Index, StringComparer.Ordinal);
        _loose = labels.Index().ToLookup(entry => Loose(entry.Item), entry => entry.Index, StringComparer.Ordinal);
    }

    /// <returns>Empty where it means none.</returns>
    public ImmutableArray<int> Find(string name)
    {
        if (_exact[Exact(name)].ToImmutableArray() is { IsEmpty: false } classes)
        {
            return classes;
        }

        var alike = _loose[Loose(name)].ToImmutableArray();
        return alike.Select(index => Exact(_labels[index])).Distinct(StringComparer.Ordinal).Count() == 1 ? alike : [];
    }

    /// <summary>The label that was likely meant, or null.</summary>
    public string? Nearest(string name) => NearestName.Find(name, _labels);

    private static string Exact(string name) => CanonicalForm.Of(name).Trim();

    private static string Loose(string name) => Separators().Replace(Exact(name), " ").Trim().ToUpperInvariant();

    [GeneratedRegex(@"[\s_\-/:]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
