namespace Pipeline.Worker.Ledger;

/// <summary>The values of <c>status</c>. Public API.</summary>
internal static class StatusNames
{
    public const string Processing = "processing";
    public const string Classified = "classified";
    public const string Retrying = "retrying";
    public const string Failed = "failed";
    public const string Deleted = "deleted";
}
