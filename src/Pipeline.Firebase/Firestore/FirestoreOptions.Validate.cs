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

        if (EmulatorHost is not null && !IsHost(EmulatorHost))
        {
            yield return $"{nameof(EmulatorHost)} is '{EmulatorHost}'; it must be a host and a port, such as 127.0.0.1:8085.";
        }

        var shortest = TimeSpan.FromMilliseconds(100);
        foreach (var error in new[]
        {
            Range(nameof(ConnectTimeout), ConnectTimeout, shortest, TimeSpan.FromMinutes(1)),
            Range(nameof(RequestTimeout), RequestTimeout, shortest, TimeSpan.FromMinutes(1)),
            Range(nameof(TotalTimeout), TotalTimeout, shortest, TimeSpan.FromMinutes(5)),
            Range(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
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

    private static bool IsHost(string host) =>
        Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var address)
        && address.Host.Length > 0
        && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && !host.Contains('/', StringComparison.Ordinal)
        && host.EndsWith($":{address.Port}", StringComparison.Ordinal)
        && address.Port > 0;

    private static string? Range(string option, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least || value > most ? $"{option} is {value}; it may be {least} to {most}." : null;
}
