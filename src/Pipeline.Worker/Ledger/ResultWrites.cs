using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Ledger;

/// <summary>The writes to a result document: which fields each change sets, and which it deletes because the new status does not own them.</summary>
internal sealed class ResultWrites
{
    private readonly string _holder;
    private readonly TimeSpan _lease;
    private readonly TimeSpan? _expireAfter;

    public ResultWrites(string holder, TimeSpan lease, TimeSpan? expireAfter)
    {
        _holder = holder;
        _lease = lease;
        _expireAfter = expireAfter;
    }

    /// <summary>A claim of a new name or of another generation: replaces the whole document.</summary>
    public DocumentWrite.Set ClaimNew(UploadWork work, string claimId, DocumentPrecondition precondition) =>
        Identity(work)
            .Set(FieldNames.Status, StatusNames.Processing)
            .Set(FieldNames.ClaimId, claimId)
            .Set(FieldNames.Attempts, 1L)
            .Set(FieldNames.Lease, Lease())
            .Now(FieldNames.CreatedAt, FieldNames.UpdatedAt, LeaseAt)
            .Whole(work.Target.Result, precondition);

    /// <summary>A claim of the same generation again: earlier labels stay visible.</summary>
    public DocumentWrite.Set ClaimAgain(UploadWork work, string claimId, int attempts, DateTimeOffset version) =>
        Identity(work)
            .Set(FieldNames.Status, StatusNames.Processing)
            .Set(FieldNames.ClaimId, claimId)
            .Set(FieldNames.Attempts, (long)attempts)
            .Set(FieldNames.Lease, Lease())
            .Delete(FieldNames.Error, FieldNames.ExpireAt)
            .Now(FieldNames.UpdatedAt, LeaseAt)
            .Masked(work.Target.Result, DocumentPrecondition.LastUpdated(version));

    /// <summary>A renewal: the lease begins anew, nothing else changes.</summary>
    public DocumentWrite.Set Renew(DocumentPath path, DateTimeOffset version) =>
        new FieldChanges().Set(FieldNames.Lease, Lease()).Now(LeaseAt).Masked(path, DocumentPrecondition.LastUpdated(version));

    public DocumentWrite.Set Classified(
        DocumentPath path,
        DateTimeOffset version,
        ImageClassification classification,
        ProcessingTimes times,
        AppDocumentState app,
        DateTimeOffset now) => Terminal(StatusNames.Classified, app, now)
            .Set(FieldNames.Label, Values.Text(classification.Label) ?? DocumentValue.Null)
            .Set(FieldNames.Score, classification.Score is { } score ? score : DocumentValue.Null)
            .Set(FieldNames.Labels, ResultValues.Labels(classification))
            .Set(FieldNames.Model, ResultValues.Model(classification.Model))
            .Set(FieldNames.Image, ResultValues.Image(classification.Image))
            .Set(FieldNames.Timings, ResultValues.Timings(classification.Timings, times))
            .Delete(FieldNames.Error)
            .Masked(path, DocumentPrecondition.LastUpdated(version));

    /// <summary>Given up. A fresh claim id is written where the change is not the holder's own.</summary>
    public DocumentWrite.Set Failed(
        DocumentPath path,
        DateTimeOffset version,
        Failure failure,
        string? freshClaimId,
        AppDocumentState app,
        DateTimeOffset now)
    {
        var changes = Terminal(StatusNames.Failed, app, now)
            .Set(FieldNames.Error, ResultValues.Error(failure, retryable: false))
            .Delete(FieldNames.Label, FieldNames.Score, FieldNames.Labels, FieldNames.Model, FieldNames.Timings);
        return With(changes, failure.Image, freshClaimId).Masked(path, DocumentPrecondition.LastUpdated(version));
    }

    /// <summary>To be tried again. Earlier labels stay visible.</summary>
    /// <param name="failure">Null where somebody sends it round again: what was wrong the last time, perhaps for good, counts no more.</param>
    public static DocumentWrite.Set Retrying(
        DocumentPath path,
        DateTimeOffset version,
        Failure? failure,
        string? freshClaimId,
        int attempts)
    {
        var changes = new FieldChanges()
            .Set(FieldNames.Status, StatusNames.Retrying)
            .Set(FieldNames.Attempts, (long)attempts)
            .Delete(FieldNames.Lease, FieldNames.ExpireAt)
            .Now(FieldNames.UpdatedAt);
        changes.Set(FieldNames.Error, failure is null ? null : ResultValues.Error(failure, retryable: true));
        return With(changes, failure?.Image, freshClaimId).Masked(path, DocumentPrecondition.LastUpdated(version));
    }

    /// <summary>The object is gone.</summary>
    /// <param name="existing">As read; null makes a new document.</param>
    /// <param name="work">With the generation that the tombstone is to name.</param>
    public DocumentWrite.Set Tombstone(ResultDocument? existing, UploadWork work, string claimId, AppDocumentState app, DateTimeOffset now)
    {
        var changes = Terminal(StatusNames.Deleted, app, now)
            .Set(FieldNames.Bucket, work.Target.Bucket)
            .Set(FieldNames.Name, work.Target.Name)
            .Set(FieldNames.Generation, work.Generation)
            .Set(FieldNames.ClaimId, claimId);
        if (work.Target.Owner is { } owner)
        {
            changes.Set(FieldNames.Owner, owner);
        }

        if (existing is null)
        {
            return changes.Set(FieldNames.Attempts, 0L).Now(FieldNames.CreatedAt).Whole(work.Target.Result, DocumentPrecondition.MustNotExist);
        }

        return changes
            .Delete(FieldNames.Label, FieldNames.Score, FieldNames.Labels, FieldNames.Model, FieldNames.Image, FieldNames.Error, FieldNames.Timings)
            .Masked(existing.Path, DocumentPrecondition.LastUpdated(existing.UpdateTime));
    }

    private static string LeaseAt => $"{FieldNames.Lease}.{FieldNames.At}";

    private static FieldChanges Identity(UploadWork work)
    {
        var changes = new FieldChanges()
            .Set(FieldNames.Bucket, work.Target.Bucket)
            .Set(FieldNames.Name, work.Target.Name)
            .Set(FieldNames.Generation, work.Generation);
        return work.Target.Owner is { } owner ? changes.Set(FieldNames.Owner, owner) : changes;
    }

    private static FieldChanges With(FieldChanges changes, ImageFacts? image, string? freshClaimId)
    {
        if (image is not null)
        {
            changes.Set(FieldNames.Image, ResultValues.Image(image));
        }

        return freshClaimId is null ? changes : changes.Set(FieldNames.ClaimId, freshClaimId);
    }

    private FieldChanges Terminal(string status, AppDocumentState app, DateTimeOffset now) => new FieldChanges()
        .Set(FieldNames.Status, status)
        .Set(FieldNames.AppDocument, Values.Text(app switch
        {
            AppDocumentState.Missing => "missing",
            AppDocumentState.Refused => "refused",
            _ => null,
        }))
        .Set(FieldNames.ExpireAt, _expireAfter is { } expiry ? now + expiry : null)
        .Delete(FieldNames.Lease)
        .Now(FieldNames.UpdatedAt);

    private DocumentValue Lease() => Values.Map((FieldNames.Seconds, (long)_lease.TotalSeconds), (FieldNames.Holder, _holder));
}
