using System.Collections.Immutable;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>A model without a manifest: how it is to be fed cannot be read from its files. Carries the manifests to choose from.</summary>
public sealed class MissingManifestException : Exception
{
    /// <param name="folder">The model's folder.</param>
    /// <param name="proposals">The likely manifests, the likeliest first; at least one.</param>
    public MissingManifestException(string folder, ImmutableArray<ManifestProposal> proposals)
        : base(Describe(folder, proposals))
    {
        Folder = folder;
        Proposals = proposals;
    }

    public string Folder { get; }

    public ImmutableArray<ManifestProposal> Proposals { get; }

    private static string Describe(string folder, ImmutableArray<ManifestProposal> proposals) =>
        $"{folder}: there is no {ModelManifest.FileName}, and how the model was fed at training does not show in its files. "
        + $"Write {ModelManifest.FileName} beside it, most likely one of these:"
        + string.Concat(proposals.Select(proposal => $"\n\n{proposal.Meaning}:\n{proposal.Json}"));
}
