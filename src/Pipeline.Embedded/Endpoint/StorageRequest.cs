using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>
/// A request target, taken apart before anything is decoded: an object's name is one segment with every <c>/</c> encoded, so a decoded path cannot
/// be told apart any more.
/// </summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Bucket">The bucket, or empty.</param>
/// <param name="Name">The object's name, or null where the path names none.</param>
/// <param name="Query">Parameters; of several of one name the last.</param>
internal sealed record StorageRequest(StorageRequestKind Kind, string Bucket, string? Name, ImmutableDictionary<string, string> Query)
{
    /// <summary>The object that a copy or a move goes to, or null.</summary>
    public (string Bucket, string Name)? Target { get; init; }

    /// <exception cref="StorageRequestException">The target is no valid one.</exception>
    public static StorageRequest Of(HttpContext context) => Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    /// <exception cref="StorageRequestException">The target is no valid one.</exception>
    public static StorageRequest Parse(string rawTarget)
    {
        var target = StripAuthority(rawTarget);
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? target : target[..mark];
        var query = ParseQuery(mark < 0 ? string.Empty : target[(mark + 1)..]);
        var segments = path.Split('/')[1..].Select(segment => Decode(segment, plusIsSpace: false)).ToArray();
        return segments switch
        {
            ["upload", "storage", "v1", "b", var bucket, "o"] => new(StorageRequestKind.Upload, bucket, query.GetValueOrDefault("name"), query),
            ["resumable", "upload", "storage", "v1", "b", var bucket, "o"] => new(StorageRequestKind.Upload, bucket, query.GetValueOrDefault("name"), query),
            ["download", "storage", "v1", "b", var bucket, "o", var name] => new(StorageRequestKind.Object, bucket, name, query),
            ["storage", "v1", "b", .. var rest] => InBucket(rest, query),
            ["b", .. var rest] => InBucket(rest, query),
            ["v0", "b", var bucket, "o"] => new(StorageRequestKind.FirebaseBucket, bucket, query.GetValueOrDefault("name"), query),
            ["v0", "b", var bucket, "o", var name] => new(StorageRequestKind.FirebaseObject, bucket, name, query),
            _ => new(StorageRequestKind.Unknown, string.Empty, null, query),
        };
    }

    /// <exception cref="StorageRequestException">A number is none.</exception>
    public long? FindNumber(string parameter)
    {
        if (!Query.TryGetValue(parameter, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StorageRequestException.Invalid($"'{parameter}' is '{text}'; it must be an integer.");
    }

    /// <param name="of">Empty, or <c>Source</c> for what must hold of the object that is copied.</param>
    /// <exception cref="StorageRequestException">A number is none.</exception>
    public GenerationConditions ReadConditions(string of = "") => new(
        FindNumber($"if{of}GenerationMatch"),
        FindNumber($"if{of}GenerationNotMatch"),
        FindNumber($"if{of}MetagenerationMatch"),
        FindNumber($"if{of}MetagenerationNotMatch"));

    private static StorageRequest InBucket(string[] rest, ImmutableDictionary<string, string> query) => rest switch
    {
        [] => new(StorageRequestKind.Buckets, string.Empty, null, query),
        [var bucket] => new(StorageRequestKind.Bucket, bucket, null, query),
        [var bucket, "o"] => new(StorageRequestKind.List, bucket, null, query),
        [var bucket, "o", var name] => new(StorageRequestKind.Object, bucket, name, query),
        [var bucket, "storageLayout"] => new(StorageRequestKind.Layout, bucket, null, query),
        [var bucket, "folders" or "managedFolders"] => new(StorageRequestKind.Folders, bucket, null, query),
        [var bucket, "o", var name, "moveTo", "o", var newName] => new(StorageRequestKind.Move, bucket, name, query) { Target = (bucket, newName) },
        [var bucket, "o", var name, "compose"] => new(StorageRequestKind.Compose, bucket, name, query),
        [var bucket, "o", var name, "rewriteTo" or "copyTo", "b", var targetBucket, "o", var targetName] => new(
            rest[3] == "copyTo" ? StorageRequestKind.Copy : StorageRequestKind.Rewrite, bucket, name, query) { Target = (targetBucket, targetName) },
        _ => new(StorageRequestKind.Unknown, string.Empty, null, query),
    };

    private static string StripAuthority(string rawTarget)
    {
        if (rawTarget.StartsWith('/'))
        {
            return rawTarget;
        }

        var scheme = rawTarget.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? -1 : rawTarget.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : rawTarget[path..];
    }

    private static ImmutableDictionary<string, string> ParseQuery(string query)
    {
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals], plusIsSpace: true);
            parameters[name] = equals < 0 ? string.Empty : Decode(part[(equals + 1)..], plusIsSpace: true);
        }

        return parameters.ToImmutable();
    }

    private static string Decode(string text, bool plusIsSpace) => PercentEncoding.TryDecode(text, plusIsSpace)
        ?? throw StorageRequestException.Invalid("The URL holds a '%' without two hex digits after it, or bytes that are not UTF-8.");
}
