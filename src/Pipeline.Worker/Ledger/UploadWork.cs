using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

/// <summary>One generation of one object, to be classified.</summary>
public sealed record UploadWork(UploadTarget Target, long Generation, EventOrigin Origin)
{
    public ObjectVersion Object => Target.At(Generation);
}
