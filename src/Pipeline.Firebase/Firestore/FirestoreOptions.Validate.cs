namespace Pipeline.Firebase.Firestore;

public sealed partial record FirestoreOptions
{
    private const int LongestId = 128;

    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate()
    {
        if (!IsId(Project, ".:-_"))
        {
            yield return $"{nameof(Project)} is '{Project}'; it must be a project's id, such as my-app-1234.";
        }

        if (Database != DefaultDatabase && !IsId(Database, "-"))
        {
            yield return $"{nameof(Database)} is '{Database}'; it must be {DefaultDatabase} or a database's id, such as my-database.";
        }

        if (EmulatorHost is not null && !OptionChecks.IsHost(EmulatorHost))
        {
            yield return $"{nameof(EmulatorHost)} is '{EmulatorHost}'; it must be a host and a port, such as 127.0.0.1:8085.";
        }

        var shortest = TimeSpan.FromMilliseconds(100);
        foreach (var error in new[]
        {
            OptionChecks.Range(nameof(ConnectTimeout), ConnectTimeout, shortest, TimeSpan.FromMinutes(1)),
            OptionChecks.Range(nameof(RequestTimeout), RequestTimeout, shortest, TimeSpan.FromMinutes(1)),
            OptionChecks.Range(nameof(TotalTimeout), TotalTimeout, shortest, TimeSpan.FromMinutes(5)),
            OptionChecks.Range(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
        })
        {
            if (error is not null)
            {
                yield return error;
            }
        }

        if (MaxAnswerBytes is < 65_536 or > 1_073_741_824)
        {
            yield return $"{nameof(MaxAnswerBytes)} is {MaxAnswerBytes}; it may be 65,536 to 1,073,741,824.";
        }
    }

    private static bool IsId(string? id, string punctuation) =>
        id is { Length: > 0 and <= LongestId }
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || punctuation.Contains(c, StringComparison.Ordinal));
}
