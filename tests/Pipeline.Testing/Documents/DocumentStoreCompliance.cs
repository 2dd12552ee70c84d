using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Xunit;

namespace Pipeline.Testing.Documents;

/// <summary>
/// The laws of <see cref="IDocumentStore"/>, each as a test. A store's own test class derives from it. A store may be shared between tests: each
/// uses collections of its own.
/// </summary>
public abstract partial class DocumentStoreCompliance
{
    private readonly string _collection = "compliance-" + Guid.NewGuid().ToString("N");

    /// <summary>The store under test; called once a test at least, and gives the same store each time.</summary>
    protected abstract IDocumentStore Store { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected DocumentPath At(string id) => new(_collection, id);

    protected static DocumentWrite.Set Replace(
        DocumentPath path,
        DocumentPrecondition precondition,
        params ReadOnlySpan<(string Name, DocumentValue Value)> fields) => new(path, precondition, Fields.Of(fields), null, []);

    protected static DocumentWrite.Set Merge(
        DocumentPath path,
        ImmutableArray<string> mask,
        params ReadOnlySpan<(string Name, DocumentValue Value)> fields) => new(path, DocumentPrecondition.None, Fields.Of(fields), mask, []);

    protected static DocumentWrite.Delete Remove(DocumentPath path, DocumentPrecondition? precondition = null) =>
        new(path, precondition ?? DocumentPrecondition.None);

    protected async Task<CommitOutcome.Committed> CommitAsync(params DocumentWrite[] writes) =>
        Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(writes, Cancellation));

    protected async Task<CommitOutcome.Refused> RefusedAsync(params DocumentWrite[] writes) =>
        Assert.IsType<CommitOutcome.Refused>(await Store.CommitAsync(writes, Cancellation));

    protected async Task<DocumentSnapshot> GetAsync(DocumentPath path) =>
        Assert.Single((await Store.GetAsync([path], Cancellation)).Documents);

    private async Task<ImmutableSortedDictionary<string, DocumentValue>> AfterAsync(
        ImmutableSortedDictionary<string, DocumentValue> before,
        DocumentWrite.Set write)
    {
        await CommitAsync(new DocumentWrite.Set(write.Path, DocumentPrecondition.None, before, null, []));
        await CommitAsync(write);
        return (await GetAsync(write.Path)).Fields!;
    }

    private static async Task AssertInvalidAsync(Func<Task> request)
    {
        var exception = await Assert.ThrowsAsync<DocumentStoreException>(request);
        Assert.Equal(DocumentStoreError.InvalidArgument, exception.Error);
    }
}
