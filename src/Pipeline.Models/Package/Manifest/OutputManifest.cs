using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>How the model's output becomes labels and scores.</summary>
public sealed record OutputManifest
{
    /// <summary>The signature's name of the output; null: the only one.</summary>
    public string? Tensor { get; init; }

    public Activation Activation { get; init; } = ManifestNames.Activation.Default;

    /// <summary>How many labels a result lists at most, 1 to 100.</summary>
    public int Top { get; init; } = 5;

    /// <summary>The label file: a path within the folder, with slashes.</summary>
    public string Labels { get; init; } = "labels.txt";

    /// <summary>The score, 0 to 1, that a label without one of its own must reach to be given; null: none.</summary>
    public double? Threshold { get; init; }

    /// <summary>Scores, 0 to 1, for single labels.</summary>
    public ImmutableDictionary<string, double> Thresholds { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Labels that are never given and never listed.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];
}
