using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Firebase.Firestore;

/// <summary>
/// Tells of the documents that come to be in a collection of the official emulator, which fires no events itself: the collection is read again and
/// again. A document that was deleted and made again counts as another one. Not safe for use by several at once.
/// </summary>
public sealed class EmulatorCollection
{
    private const int PageSize = 300;

    private readonly FirestoreOptions _options;
    private readonly HttpClient _http;
    private readonly Uri _address;
    private HashSet<(string Name, DateTimeOffset CreateTime)> _known = [];

    /// <param name="options">Those of an emulator.</param>
    /// <param name="collection">The id of a collection at the top.</param>
    public EmulatorCollection(FirestoreOptions options, string collection, HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(collection);
        ArgumentNullException.ThrowIfNull(http);
        if (options.EmulatorHost is null)
        {
            throw new ArgumentException("Only an emulator's collection is read whole.", nameof(options));
        }

        _options = options;
        _http = http;
        _address = new Uri(options.Endpoint, $"v1/projects/{options.Project}/databases/{options.Database}/documents/{Uri.EscapeDataString(collection)}");
    }

    /// <summary>The documents that were not there when this was last asked, oldest first; the first time all of them.</summary>
    /// <exception cref="HttpRequestException">The emulator gave no answer that can be used. What is new stays so.</exception>
    public async Task<IReadOnlyList<CreatedDocument>> FindNewAsync(CancellationToken cancellationToken)
    {
        var present = new HashSet<(string, DateTimeOffset)>();
        var found = new List<CreatedDocument>();
        string? page = null;
        do
        {
            (var documents, page) = await ReadAsync(page, cancellationToken);
            found.AddRange(documents.Where(document => present.Add((document.Name, document.CreateTime)) && !_known.Contains((document.Name, document.CreateTime))));
        }
        while (!string.IsNullOrEmpty(page));

        _known = present;
        return [.. found.OrderBy(document => document.CreateTime)];
    }

    private static CreatedDocument[] Read(JsonElement answer)
    {
        return answer.TryGetProperty("documents", out var documents) ? [.. documents.EnumerateArray().Select(ReadOne)] : [];

        static CreatedDocument ReadOne(JsonElement document)
        {
            var name = document.GetProperty("name").GetString()!;
            return new CreatedDocument(
                name, name[(name.LastIndexOf('/') + 1)..], document.GetProperty("createTime").GetDateTimeOffset(), JsonSerializer.SerializeToUtf8Bytes(document));
        }
    }

    private async Task<(CreatedDocument[] Documents, string? NextPage)> ReadAsync(string? page, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_address.AbsoluteUri}?pageSize={PageSize}&pageToken={Uri.EscapeDataString(page ?? string.Empty)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "owner");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.RequestTimeout);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            answer.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse((await LimitedAnswer.ReadAsync(answer.Content, _options.MaxAnswerBytes, deadline.Token)).Content);
            return (Read(json.RootElement), json.RootElement.TryGetProperty("nextPageToken", out var token) ? token.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or FirestoreFaultException or IOException or InvalidOperationException or KeyNotFoundException or FormatException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HttpRequestException($"The emulator gave no answer about {_address.AbsolutePath} that can be used: {exception.Message}", exception);
        }
    }
}
