using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

/// <summary>The part of a result that an app's own document receives.</summary>
internal static class PublicResult
{
    private static readonly string[] Names =
    [
        FieldNames.Status, FieldNames.Label, FieldNames.Score, FieldNames.Labels, FieldNames.Model, FieldNames.Image, FieldNames.Error,
    ];

    /// <summary>The write that merges a terminal change into the app's document.</summary>
    /// <param name="change">The change of the result document: what it does not set is deleted here too.</param>
    public static DocumentWrite Merge(AppDocument document, ObjectVersion version, DocumentWrite.Set change)
    {
        var merged = new FieldChanges().Set(FieldNames.Name, version.Name).Set(FieldNames.Generation, version.Generation).Now(FieldNames.UpdatedAt);
        foreach (var name in Names)
        {
            merged.Set(name, change.Fields.GetValueOrDefault(name));
        }

        // A tombstone never brings back a document that the app has deleted with its object.
        var isTombstone = change.Fields[FieldNames.Status].Equals((DocumentValue)StatusNames.Deleted);
        var precondition = document.Create && !isTombstone ? DocumentPrecondition.None : DocumentPrecondition.MustExist;
        return merged.Inside(document.Field, document.Path, precondition);
    }
}
