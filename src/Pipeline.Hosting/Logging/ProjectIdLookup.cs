using Microsoft.Extensions.Hosting;

namespace Pipeline.Hosting.Logging;

/// <summary>Asks Google Cloud's metadata server for the project, once, where JSON is logged and nobody has named it. No answer: no trace in the logs.</summary>
internal sealed class ProjectIdLookup : BackgroundService
{
    private const int MaxLength = 64;

    private static readonly Uri Address = new("http://metadata.google.internal/computeMetadata/v1/project/project-id");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ProjectId _projectId;
    private readonly HostingOptions _options;
    private readonly HttpMessageHandler? _handler;

    public ProjectIdLookup(ProjectId projectId, HostingOptions options)
        : this(projectId, options, null)
    {
    }

    internal ProjectIdLookup(ProjectId projectId, HostingOptions options, HttpMessageHandler? handler)
    {
        ArgumentNullException.ThrowIfNull(projectId);
        ArgumentNullException.ThrowIfNull(options);
        _projectId = projectId;
        _options = options;
        _handler = handler;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.JsonLogs != true || _projectId.Value is not null)
        {
            return;
        }

        await Task.Yield();
        using var client = new HttpClient(_handler ?? new SocketsHttpHandler(), disposeHandler: true) { Timeout = Patience, MaxResponseContentBufferSize = 4096 };
        using var request = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { { "Metadata-Flavor", "Google" } } };
        try
        {
            using var response = await client.SendAsync(request, stoppingToken);
            var answer = await response.Content.ReadAsStringAsync(stoppingToken);
            if (response.IsSuccessStatusCode && IsProjectId(answer))
            {
                _projectId.Value = answer;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // Not on Google Cloud, or stopped meanwhile: there is no project to name.
        }
    }

    private static bool IsProjectId(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or ':' or '.');
}
