namespace Pipeline.Models.Package.Inferring;

/// <summary>What labels and output tell of who made a model.</summary>
/// <param name="AreNumbered">Whether the label file is written as <c>0 Name</c>.</param>
/// <param name="Activation">What the output comes out of, or null.</param>
internal sealed record LabelEvidence(bool AreNumbered, Activation? Activation);
