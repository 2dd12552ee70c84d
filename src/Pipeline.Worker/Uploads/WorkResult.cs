using Pipeline.Worker.Classification;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Uploads;

/// <summary>How the work on a claim ended, before anything is recorded.</summary>
internal abstract record WorkResult
{
    private WorkResult()
    {
    }

    public sealed record Done(ImageClassification Classification, ProcessingTimes Times) : WorkResult;

    public sealed record Failed(Failure Failure) : WorkResult;

    /// <summary>The generation is not there any more.</summary>
    public sealed record Gone : WorkResult;

    /// <summary>The instance is being shut down.</summary>
    public sealed record Stopped : WorkResult;

    /// <summary>Somebody else has taken the claim.</summary>
    public sealed record Lost : WorkResult;
}
