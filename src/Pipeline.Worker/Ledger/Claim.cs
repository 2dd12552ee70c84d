namespace Pipeline.Worker.Ledger;

/// <summary>
/// The right to work on one generation of one object, until somebody else takes it. Every write by its holder is fenced by the version of the
/// holder's last own write, which moves on with each renewal. Used by one renewal loop and one worker, never at the same time by both to write.
/// </summary>
public sealed class Claim
{
    internal Claim(UploadWork work, string id, int attempts, DateTimeOffset claimedAt, DateTimeOffset version, StoredLetter? letter)
    {
        Work = work;
        Id = id;
        Attempts = attempts;
        ClaimedAt = claimedAt;
        Version = version;
        Letter = letter;
    }

    public UploadWork Work { get; }

    public string Id { get; }

    /// <summary>Attempts begun, this one included.</summary>
    public int Attempts { get; }

    /// <summary>The store's time of the claim.</summary>
    public DateTimeOffset ClaimedAt { get; }

    /// <summary>The result's update time at the last own write.</summary>
    internal DateTimeOffset Version { get; set; }

    /// <summary>The dead letter that this claim saw, as it left it.</summary>
    internal StoredLetter? Letter { get; set; }
}
