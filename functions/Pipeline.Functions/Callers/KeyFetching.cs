namespace Pipeline.Functions.Callers;

/// <summary>The connection over which issuers' public keys are fetched.</summary>
internal sealed class KeyFetching : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience };

    public void Dispose() => Http.Dispose();
}
