namespace Pipeline.Firebase.Identity;

/// <summary>What emulators take for an administrator, to whom no rules apply.</summary>
public sealed class EmulatorTokens : IAccessTokens
{
    private const string Owner = "owner";

    public string? QuotaProject => null;

    public ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken) => ValueTask.FromResult(Owner);

    public void Dispose()
    {
        // There is nothing to let go of.
    }
}
