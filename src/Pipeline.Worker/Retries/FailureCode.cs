namespace Pipeline.Worker.Retries;

/// <summary>A reason for a failure: the name that apps read in <c>error.code</c>, and the kind that decides about retries.</summary>
/// <param name="Name">Upper snake case; public API, never renamed.</param>
public sealed record FailureCode(string Name, FailureKind Kind)
{
    /// <summary>The bytes are no picture at all.</summary>
    public static FailureCode NotAnImage { get; } = new("NOT_AN_IMAGE", FailureKind.Permanent);

    /// <summary>A picture in a format, or with a feature, that is not decoded here.</summary>
    public static FailureCode UnsupportedFormat { get; } = new("UNSUPPORTED_FORMAT", FailureKind.Permanent);

    /// <summary>The rule does not take this content type.</summary>
    public static FailureCode TypeNotAllowed { get; } = new("TYPE_NOT_ALLOWED", FailureKind.Permanent);

    /// <summary>More bytes than the limit.</summary>
    public static FailureCode TooLarge { get; } = new("TOO_LARGE", FailureKind.Permanent);

    /// <summary>More pixels, a longer side or more decode memory than the limit.</summary>
    public static FailureCode TooManyPixels { get; } = new("TOO_MANY_PIXELS", FailureKind.Permanent);

    /// <summary>A picture that ends early or is broken.</summary>
    public static FailureCode DamagedImage { get; } = new("DAMAGED_IMAGE", FailureKind.Permanent);

    /// <summary>The model answered with NaN or an infinity.</summary>
    public static FailureCode NonFiniteScores { get; } = new("NON_FINITE_SCORES", FailureKind.Permanent);

    /// <summary>Decoding or inference took longer than its limit.</summary>
    public static FailureCode ClassificationTimedOut { get; } = new("CLASSIFICATION_TIMED_OUT", FailureKind.Transient);

    /// <summary>The model is still being loaded.</summary>
    public static FailureCode ModelNotReady { get; } = new("MODEL_NOT_READY", FailureKind.Transient);

    /// <summary>No model of this name is configured, or its folder does not exist.</summary>
    public static FailureCode ModelNotFound { get; } = new("MODEL_NOT_FOUND", FailureKind.Configuration);

    /// <summary>The model was refused: broken, unsupported, or with a manifest that does not fit it.</summary>
    public static FailureCode ModelInvalid { get; } = new("MODEL_INVALID", FailureKind.Configuration);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
