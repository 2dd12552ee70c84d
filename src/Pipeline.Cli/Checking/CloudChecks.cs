using System.Net.Sockets;
using System.Text.Json;

namespace Pipeline.Cli.Checking;

/// <summary>What the environment says of emulators and of Google: only what is configured is looked at.</summary>
internal static class CloudChecks
{
    private const string CredentialsVariable = "GOOGLE_APPLICATION_CREDENTIALS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="variable">Gives an environment variable, or null.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (name, key) in (ReadOnlySpan<(string, string)>)[("Firestore emulator", "FIRESTORE_EMULATOR_HOST"), ("storage emulator", "STORAGE_EMULATOR_HOST")])
        {
            if (variable(key) is { Length: > 0 } address)
            {
                findings.Add(new Finding(name, FindingLevel.Good, address));
            }
        }

        for (var index = 0; index < findings.Count; index++)
        {
            findings[index] = await ReachAsync(findings[index], cancellationToken);
        }

        if (variable(CredentialsVariable) is { Length: > 0 } file)
        {
            findings.Add(Credentials(file));
        }

        return findings;
    }

    private static async Task<Finding> ReachAsync(Finding emulator, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(emulator.Text.Contains("://", StringComparison.Ordinal) ? emulator.Text : $"http://{emulator.Text}", UriKind.Absolute, out var address))
        {
            return Finding.Bad(emulator.Name, $"'{emulator.Text}' is no address", "Write it as host:port, such as 127.0.0.1:8080.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return Finding.Good(emulator.Name, $"{emulator.Text} answers");
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Finding.Bad(emulator.Name, $"{emulator.Text} does not answer", "Start the emulator, or unset the variable that names it.");
        }
    }

    private static Finding Credentials(string file)
    {
        const string Name = "Google credentials";
        const string Fix = "Let GOOGLE_APPLICATION_CREDENTIALS name the JSON file of a service account, or unset it.";
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                ? Finding.Good(Name, $"{file}: {type.GetString()}")
                : Finding.Bad(Name, $"{file} is no credentials file: it has no \"type\"", Fix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return Finding.Bad(Name, $"{file} cannot be read: {error.Message}", Fix);
        }
    }
}
