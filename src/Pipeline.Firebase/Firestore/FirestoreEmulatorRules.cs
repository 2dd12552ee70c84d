using System.Text.Json;

namespace Pipeline.Firebase.Firestore;

/// <summary>The rules of the official emulator, which is open to everybody without any.</summary>
public static class FirestoreEmulatorRules
{
    /// <summary>What the emulator calls the rules that it has where it was given none.</summary>
    private const string None = "OPEN_RULES";

    /// <summary>Whether rules are loaded; false also where the emulator does not say. They may still not compile.</summary>
    /// <param name="options">Those of an emulator.</param>
    public static async Task<bool> AreLoadedAsync(FirestoreOptions options, HttpClient http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var json = await http.GetStringAsync(new Uri(options.Endpoint, $"emulator/v1/projects/{options.Project}:securityRules"), cancellationToken);
            using var document = JsonDocument.Parse(json);
            var files = document.RootElement.GetProperty("rules").GetProperty("files");
            return files.GetArrayLength() > 0 && files[0].GetProperty("name").GetString() != None;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
