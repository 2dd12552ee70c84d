using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pipeline.Cli.Initializing;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Verifying;

/// <summary>How a model is fed before anything is measured.</summary>
/// <param name="Json">As JSON by path.</param>
/// <param name="Source">Where it comes from, for the table.</param>
/// <param name="IsKnown">Whether it is more than a guess.</param>
/// <param name="Guessed">What was taken because nothing tells it, and is not measured.</param>
internal sealed record OwnManifest(ImmutableDictionary<string, string> Json, string Source, bool IsKnown, ImmutableArray<InferredValue> Guessed)
{
    private static readonly ImmutableArray<string> Measured = ["$.input.mean", "$.input.std", "$.input.resize", "$.input.fit"];

    /// <summary>The manifest's, or what the model's files tell with the likeliest answers to what they do not.</summary>
    /// <exception cref="InvalidLabelsException">There are no labels.</exception>
    /// <remarks>The exceptions of <see cref="ManifestReader.ReadFile"/> and <see cref="ManifestInference.Infer(string, InferenceHints?)"/> come through.</remarks>
    public static OwnManifest Of(string folder, ImmutableDictionary<string, string> given)
    {
        var file = Path.Combine(folder, ModelManifest.FileName);
        if (File.Exists(file))
        {
            ManifestReader.ReadFile(file);
            return new OwnManifest(Flatten(file).SetItems(given), ModelManifest.FileName, true, []);
        }

        var draft = new ManifestDraft(folder, given);
        if (draft.LabelProblem is { } problem)
        {
            throw new InvalidLabelsException(problem.File, problem.Detail);
        }

        var guessed = ImmutableArray.CreateBuilder<InferredValue>();
        while (draft.Open.FirstOrDefault() is { } question)
        {
            foreach (var value in question.Choices[0].Values.Where(value => draft.Said(value.Path) is null))
            {
                draft.Say(value);
                guessed.Add(value);
            }
        }

        return new OwnManifest(
            draft.Values.ToImmutableDictionary(value => value.Path, value => value.Json, StringComparer.Ordinal),
            guessed.Count == 0 ? "what its files tell" : "a guess",
            guessed.Count == 0,
            [.. guessed.Where(value => !Measured.Contains(value.Path))]);
    }

    /// <exception cref="InvalidManifestException">The values are no manifest.</exception>
    public ModelManifest Read() => ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Compose(Json)), ModelManifest.FileName);

    private static ImmutableDictionary<string, string> Flatten(string file)
    {
        // As text: a byte order mark is taken off.
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name is not ("input" or "output"))
            {
                values[$"$.{property.Name}"] = property.Value.GetRawText();
                continue;
            }

            foreach (var inner in property.Value.EnumerateObject())
            {
                values[$"$.{property.Name}.{inner.Name}"] = inner.Value.GetRawText();
            }
        }

        return values.ToImmutable();
    }
}
