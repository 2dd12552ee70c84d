using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>One thing that is wrong in a manifest.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.input.mean[1]</c>.</param>
/// <param name="Found">What stands there, shortened: <c>"tf-bilinaer"</c>, <c>an array of 2</c>, <c>nothing</c>.</param>
/// <param name="Allowed">What may stand there, as the end of "allowed: …".</param>
/// <param name="Suggestion">The nearest allowed name where a misspelling is likely, else null.</param>
public sealed record ManifestError(string Path, string Found, string Allowed, string? Suggestion = null)
{
    private const int ShownAtMost = 50;

    public override string ToString() =>
        $"{Path}: found {Found}; allowed: {Allowed}" + (Suggestion is null ? "." : $". Did you mean \"{Suggestion}\"?");

    /// <summary>The file and its errors, one a line where there are several, the first fifty of many.</summary>
    internal static string Describe(string file, ImmutableArray<ManifestError> errors)
    {
        if (errors.Length == 1)
        {
            return $"{file}: {errors[0]}";
        }

        var shown = string.Concat(errors.Take(ShownAtMost).Select(error => $"\n  {error}"));
        var rest = errors.Length > ShownAtMost ? $"\n  and {errors.Length - ShownAtMost} more." : string.Empty;
        return $"{file}: {errors.Length} errors:{shown}{rest}";
    }
}
