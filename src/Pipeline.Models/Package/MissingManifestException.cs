using System.Collections.Immutable;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>A model without a manifest whose files do not tell how it is to be fed. Carries the manifests to choose from.</summary>
public sealed class MissingManifestException : Exception
{
    /// <param name="inferred">With at least one question.</param>
    public MissingManifestException(InferredManifest inferred)
        : base(Describe(inferred))
    {
        Inferred = inferred;
    }

    /// <summary>What is known and what is not.</summary>
    public InferredManifest Inferred { get; }

    public string Folder => Inferred.Folder;

    /// <summary>The likely manifests, the likeliest first; at least one.</summary>
    public ImmutableArray<ManifestProposal> Proposals => Inferred.Proposals;

    private static string Describe(InferredManifest inferred)
    {
        ArgumentNullException.ThrowIfNull(inferred);
        var labels = inferred.LabelProblem is { } problem ? $"\nLabels are missing as well: {problem.File}: {problem.Detail}." : string.Empty;
        return $"{inferred.Folder}: there is no {ModelManifest.FileName}, and the model's files do not say how it is to be fed: "
            + $"{string.Join("; ", inferred.Questions.Select(question => question.Reason))}. "
            + $"Write {ModelManifest.FileName} beside it (pipeline model init does, and pipeline model verify says with pictures which is right), most likely one of these:"
            + string.Concat(inferred.Proposals.Select(proposal => $"\n\n{proposal.Meaning}:\n{proposal.Json}"))
            + labels;
    }
}
