using Microsoft.AspNetCore.Http;
using Pipeline.Worker;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary><c>GET setup</c>: what the page must know to upload.</summary>
internal sealed class SetupCall
{
    private readonly UploadRules _rules;
    private readonly WorkerOptions _options;
    private readonly long _maxBytes;
    private readonly string _place;

    /// <param name="place">Where the documents are, for a person.</param>
    public SetupCall(UploadRules rules, WorkerOptions options, long maxBytes, string place)
    {
        _rules = rules;
        _options = options;
        _maxBytes = maxBytes;
        _place = place;
    }

    public Task SendAsync(HttpContext context)
    {
        var bucket = _rules.Pairs[0].Bucket;
        return PageJson.SendAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("bucket", bucket);
            json.WriteString("folder", UploadFolder.Find(_rules, _options.Rules, bucket));
            json.WriteNumber("maxBytes", _maxBytes);
            json.WriteNumber("maxAttempts", _options.Retries.MaxAttempts);
            json.WriteString("documents", _place);
            json.WriteEndObject();
        });
    }
}
