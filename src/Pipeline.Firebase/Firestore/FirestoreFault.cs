namespace Pipeline.Firebase.Firestore;

/// <summary>Why a request gave nothing usable.</summary>
/// <param name="Status">What the answer says; <see cref="FirestoreStatus.Unknown"/> where there is none.</param>
/// <param name="Message">For people; at most <see cref="LongestMessage"/> characters, one line.</param>
internal sealed record FirestoreFault(FaultOrigin Origin, FirestoreStatus Status, string Message)
{
    private const int LongestMessage = 500;

    /// <summary>What a server says, as one bounded line.</summary>
    public static string Line(string? text)
    {
        var line = string.Join(' ', (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = string.Concat(line.Where(static c => !char.IsControl(c)));
        return line.Length == 0 ? "it gave no reason" : line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }
}
