using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Takes a completion without an answer for a failure, and records that: it reads, and sends the object round again.</summary>
internal sealed class UnknownOutcomeTakenForFailure(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    public override async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.CommitAsync(writes, cancellationToken);
        }
        catch (DocumentStoreException exception) when (exception.Error == DocumentStoreError.UnknownOutcome && StatusOf(writes[0]) == "classified")
        {
            await RecordFailureAsync(writes[0].Path, cancellationToken);
            throw;
        }
    }

    private async Task RecordFailureAsync(DocumentPath result, CancellationToken cancellationToken)
    {
        var letter = new DocumentPath("deadLetters", result.Id);
        var read = await Inner.GetAsync([result, letter], cancellationToken);
        var (found, old) = (read.Documents[0], read.Documents[1]);
        if (found.Fields is not { } fields)
        {
            return;
        }

        var retrying = ImmutableSortedDictionary<string, DocumentValue>.Empty.Add("status", "retrying");
        var due = ImmutableSortedDictionary<string, DocumentValue>.Empty
            .Add("bucket", fields["bucket"])
            .Add("name", fields["name"])
            .Add("generation", fields["generation"])
            .Add("attempts", fields["attempts"])
            .Add("state", "due")
            .Add("dueAt", read.ReadTime);
        await Inner.CommitAsync(
            [
                new DocumentWrite.Set(result, DocumentPrecondition.LastUpdated(found.UpdateTime), retrying, ["status", "lease"], ["updatedAt"]),
                new DocumentWrite.Set(
                    letter, old.Exists ? DocumentPrecondition.LastUpdated(old.UpdateTime) : DocumentPrecondition.MustNotExist, due, null, []),
            ],
            cancellationToken);
    }
}
