using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary>The parameters of a request: of its query, or of its JSON body. What is wrong is refused by name.</summary>
internal sealed class PageParameters
{
    private const int MaxBodyBytes = 16 * 1024;

    private readonly UploadRules _rules;
    private readonly Func<string, string?> _find;

    private PageParameters(UploadRules rules, Func<string, string?> find)
    {
        _rules = rules;
        _find = find;
    }

    public static PageParameters OfQuery(HttpContext context, UploadRules rules) =>
        new(rules, name => context.Request.Query[name] is [{ } value] ? value : null);

    /// <exception cref="PageRequestException">The body is no flat JSON object of texts.</exception>
    public static async Task<PageParameters> OfBodyAsync(HttpContext context, UploadRules rules)
    {
        var buffer = new byte[MaxBodyBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted).ConfigureAwait(false);
        if (length > MaxBodyBytes)
        {
            throw new PageRequestException(StatusCodes.Status413PayloadTooLarge, $"The body has more than {MaxBodyBytes} bytes.");
        }

        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(buffer.AsSpan(0, length)) ?? [];
            return new PageParameters(rules, name => values.GetValueOrDefault(name));
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new PageRequestException(StatusCodes.Status400BadRequest, "The body must be a JSON object of texts.", exception);
        }
    }

    /// <summary>The collections of the bucket that is named; of the first where none is.</summary>
    public CollectionPair Pair()
    {
        var bucket = _find("bucket");
        return bucket is null
            ? _rules.Pairs[0]
            : _rules.Pairs.FirstOrDefault(pair => pair.Bucket == bucket)
                ?? throw PageRequestException.Invalid($"bucket is '{bucket}'; configured are {string.Join(", ", _rules.Pairs.Select(static pair => pair.Bucket))}.");
    }

    /// <summary>The object that is named, with its generation.</summary>
    public ObjectVersion Version()
    {
        var text = _find("generation");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
            ? new ObjectVersion(Pair().Bucket, Name(), generation)
            : throw PageRequestException.Invalid($"generation is '{text}'; it must be an integer.");
    }

    public string Name() => _find("name") is { } name && ObjectNames.IsValid(name)
        ? name
        : throw PageRequestException.Invalid($"name must be an object's: 1 to {ObjectNames.MaxBytes} bytes of UTF-8.");

    public string Id() => _find("id") is { } id && DocumentRequests.IsId(id)
        ? id
        : throw PageRequestException.Invalid("id must be a document's.");

    /// <summary>A number within a range; the default where none is given.</summary>
    public long Number(string name, long defaultValue, long min, long max)
    {
        var text = _find(name);
        if (text is null)
        {
            return defaultValue;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw PageRequestException.Invalid($"{name} is '{text}'; it may be {min} to {max}.");
    }

    /// <summary>A text of at most so many characters; null where it is empty or not given.</summary>
    public string? Text(string name, int longest = 1024)
    {
        var text = _find(name);
        return text?.Length > longest
            ? throw PageRequestException.Invalid($"{name} has {text.Length} characters; it may have {longest}.")
            : string.IsNullOrEmpty(text) ? null : text;
    }
}
