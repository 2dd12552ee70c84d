using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying;

/// <summary>One way of doing a part of the feeding.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Values">JSON by path; null takes the key out.</param>
internal sealed record CandidatePart(string Name, ImmutableDictionary<string, string?> Values)
{
    public static CandidatePart Of(string name, params ReadOnlySpan<(string Path, string? Json)> values)
    {
        var builder = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        foreach (var (path, json) in values)
        {
            builder[path] = json;
        }

        return new CandidatePart(name, builder.ToImmutable());
    }
}
