using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Which objects are to become one, in order.</summary>
/// <param name="Destination">What is said of the new object.</param>
internal sealed record ComposeJson(
    ImmutableArray<(string Name, long? Generation, GenerationConditions Conditions)> Sources, ObjectJson Destination)
{
    /// <summary>The most objects that one request may name.</summary>
    public const int MaxSources = 32;

    /// <exception cref="StorageRequestException">It names none, too many, or one without a name.</exception>
    public static ComposeJson Read(ObjectJson json)
    {
        var sources = json.Array("sourceObjects");
        if (sources.Length is 0 or > MaxSources)
        {
            throw StorageRequestException.Invalid($"sourceObjects names {sources.Length} objects; it must be 1 to {MaxSources}.");
        }

        return new ComposeJson([.. sources.Select(ReadSource)], json.Object("destination"));
    }

    private static (string Name, long? Generation, GenerationConditions Conditions) ReadSource(ObjectJson source) => (
        source.Name ?? throw StorageRequestException.Required("sourceObjects[].name"),
        Number(source, "generation"),
        new GenerationConditions(IfGenerationMatch: Number(source.Object("objectPreconditions"), "ifGenerationMatch")));

    private static long? Number(ObjectJson json, string member)
    {
        if (json.NumberOrText(member) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StorageRequestException.Invalid($"{member} is '{text}'; it must be an integer.");
    }
}
