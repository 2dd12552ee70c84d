using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>Whether a redrive may be made, by a condition of the caller's.</summary>
public abstract record RedriveTicket
{
    private RedriveTicket()
    {
    }

    /// <summary>It may.</summary>
    /// <param name="Write">Goes into the same commit, so that the redrive and its record are made together; null where nothing is to be recorded.</param>
    public sealed record Granted(DocumentWrite? Write) : RedriveTicket;

    /// <summary>It may not.</summary>
    /// <param name="Reason">What the outcome carries.</param>
    public sealed record Denied(RedriveDenial Reason) : RedriveTicket;
}
