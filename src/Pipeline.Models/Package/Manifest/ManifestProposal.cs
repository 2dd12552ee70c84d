namespace Pipeline.Models.Package.Manifest;

/// <summary>A manifest that a model without one may need.</summary>
/// <param name="Meaning">What it stands for, as the beginning of a sentence.</param>
/// <param name="Json">The manifest's text.</param>
public sealed record ManifestProposal(string Meaning, string Json);
