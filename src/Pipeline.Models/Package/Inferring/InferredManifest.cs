using System.Collections.Immutable;
using System.Text;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package.Inferring;

/// <summary>What a model's files tell of the manifest that it needs, and what they do not.</summary>
/// <param name="Folder">The model's folder.</param>
/// <param name="Form">What kind of model it is, in a few words.</param>
/// <param name="Values">What is known, in the order of <see cref="ManifestKeys.Paths"/>.</param>
/// <param name="Questions">What is not; empty where a manifest can be made.</param>
/// <param name="LabelProblem">Why no label file can be used, or null.</param>
public sealed record InferredManifest(
    string Folder, string Form, ImmutableArray<InferredValue> Values, ImmutableArray<OpenQuestion> Questions, LabelProblem? LabelProblem)
{
    private const int ProposalsAtMost = 4;

    /// <summary>
    /// The likely manifests, the likeliest first: one for each answer to the first question, with the likeliest answers to all others. Empty
    /// where there is no question.
    /// </summary>
    public ImmutableArray<ManifestProposal> Proposals =>
        Questions.IsEmpty
            ? []
            : [.. Questions[0].Choices.Take(ProposalsAtMost).Select(choice => Propose([choice, .. Questions.Skip(1).Select(question => question.Choices[0])]))];

    /// <summary>The manifest's text, of the known values and those given.</summary>
    /// <param name="given">JSON texts by path, before which known values give way.</param>
    public string Compose(IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var values = Values.ToDictionary(value => value.Path, value => value.Json, StringComparer.Ordinal);
        foreach (var (path, json) in given)
        {
            values[path] = json;
        }

        return ManifestText.Compose(values);
    }

    /// <summary>The manifest, where nothing is open.</summary>
    /// <exception cref="MissingManifestException">Something is; carries the manifests to choose from.</exception>
    /// <exception cref="InvalidLabelsException">There is no label file to be used.</exception>
    /// <exception cref="InvalidManifestException">A name in the model's files is none that a manifest may have.</exception>
    public ModelManifest ToManifest()
    {
        if (!Questions.IsEmpty)
        {
            throw new MissingManifestException(this);
        }

        if (LabelProblem is { } problem)
        {
            throw new InvalidLabelsException(problem.File, problem.Detail);
        }

        var text = Compose(ImmutableDictionary<string, string>.Empty);
        return ManifestReader.Read(Encoding.UTF8.GetBytes(text), Path.Combine(Folder, ModelManifest.FileName));
    }

    private ManifestProposal Propose(ImmutableArray<LikelyAnswer> answers) => new(
        answers[0].Meaning,
        Compose(answers.SelectMany(answer => answer.Values).ToDictionary(value => value.Path, value => value.Json, StringComparer.Ordinal)));
}
