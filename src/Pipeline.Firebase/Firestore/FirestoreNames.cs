using System.Diagnostics.CodeAnalysis;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>Resource names and addresses. In bodies names stand as they are; only in an address are their segments percent-encoded.</summary>
internal sealed class FirestoreNames
{
    private const int SegmentsBeforePath = 5;

    private readonly string _documents;
    private readonly string _address;

    public FirestoreNames(FirestoreOptions options)
        : this(options, options.Endpoint)
    {
    }

    public FirestoreNames(FirestoreOptions options, Uri endpoint)
    {
        _documents = $"projects/{options.Project}/databases/{options.Database}/documents";
        _address = $"{endpoint.GetLeftPart(UriPartial.Authority)}/v1/{_documents}";
        BatchGet = new Uri(_address + ":batchGet");
        Commit = new Uri(_address + ":commit");
    }

    public Uri BatchGet { get; }

    public Uri Commit { get; }

    /// <summary>Where queries of a collection go: to the document that holds it.</summary>
    public Uri RunQuery(string collection)
    {
        var parent = string.Concat(collection.Split('/').SkipLast(1).Select(static segment => "/" + Uri.EscapeDataString(segment)));
        return new Uri($"{_address}{parent}:runQuery");
    }

    /// <summary>The name of a document, for a body.</summary>
    public string NameOf(DocumentPath path) => $"{_documents}/{path.Collection}/{path.Id}";

    /// <summary>The path of a document that the service names.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out DocumentPath? path)
    {
        path = null;
        if (name?.Split('/', SegmentsBeforePath + 1) is not ["projects", _, "databases", _, "documents", var rest])
        {
            return false;
        }

        var end = rest.LastIndexOf('/');
        if (end <= 0 || end == rest.Length - 1)
        {
            return false;
        }

        path = new DocumentPath(rest[..end], rest[(end + 1)..]);
        return true;
    }
}
