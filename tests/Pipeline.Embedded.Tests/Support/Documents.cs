using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>Short forms for paths and writes.</summary>
internal static class Documents
{
    public static DocumentPath Path(string path)
    {
        var slash = path.LastIndexOf('/');
        return new DocumentPath(path[..slash], path[(slash + 1)..]);
    }

    public static ImmutableSortedDictionary<string, DocumentValue> Fields(params IEnumerable<(string Name, DocumentValue Value)> fields) =>
        DocumentFields.Empty.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static DocumentWrite Set(string path, DocumentPrecondition precondition, params IEnumerable<(string Name, DocumentValue Value)> fields) =>
        new DocumentWrite.Set(Path(path), precondition, Fields(fields), Mask: null, ServerTimes: []);

    public static DocumentWrite Delete(string path) => new DocumentWrite.Delete(Path(path), DocumentPrecondition.None);

    public static async Task<CommitOutcome.Committed> CommitAsync(this IDocumentStore store, params DocumentWrite[] writes) =>
        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(writes, TestContext.Current.CancellationToken));

    public static async Task<DocumentSnapshot> GetAsync(this IDocumentStore store, string path) =>
        (await store.GetAsync([Path(path)], TestContext.Current.CancellationToken)).Documents[0];
}
