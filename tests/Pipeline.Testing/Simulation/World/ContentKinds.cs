namespace Pipeline.Testing.Simulation.World;

/// <summary>Content kinds by their letters in a mix.</summary>
public static class ContentKinds
{
    /// <exception cref="ArgumentOutOfRangeException">No kind has this letter.</exception>
    public static ContentKind ByLetter(char letter) => letter switch
    {
        'G' => ContentKind.Good,
        'S' => ContentKind.Slow,
        'F' => ContentKind.Flaky,
        'H' => ContentKind.Hopeless,
        'P' => ContentKind.Permanent,
        'X' => ContentKind.Poison,
        'U' => ContentKind.Unconfigured,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "Letters are G, S, F, H, P, X and U."),
    };
}
