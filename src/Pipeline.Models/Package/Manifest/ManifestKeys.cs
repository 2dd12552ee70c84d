using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>Every key that a manifest may have, in the order in which it is written.</summary>
public static class ManifestKeys
{
    /// <summary>Those of the manifest itself; <c>$schema</c> is for editors only.</summary>
    public static ImmutableArray<string> Root { get; } = ["$schema", "name", "version", "signature", "input", "output", "sha256"];

    /// <summary>Those of <c>input</c>.</summary>
    public static ImmutableArray<string> Input { get; } =
    [
        "tensor", "width", "height", "decode", "orientation", "color", "alpha", "truncated", "scale",
        "fit", "resizeTo", "fraction", "pad", "resize", "alignCorners", "mean", "std", "layout",
    ];

    /// <summary>Those of <c>output</c>.</summary>
    public static ImmutableArray<string> Output { get; } = ["tensor", "activation", "top", "labels", "threshold", "thresholds", "ignore"];

    /// <summary>The JSON paths of all keys that have a value of their own: <c>$.name</c>, <c>$.input.resize</c>, …</summary>
    public static ImmutableArray<string> Paths { get; } =
    [
        .. Root.SelectMany(key => key switch
        {
            "input" => Input.Select(name => $"$.input.{name}"),
            "output" => Output.Select(name => $"$.output.{name}"),
            _ => [$"$.{key}"],
        }),
    ];
}
