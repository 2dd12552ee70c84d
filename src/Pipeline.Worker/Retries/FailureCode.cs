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

    /// <summary>A stored encoding (such as gzip) that is not undone here.</summary>
    public static FailureCode EncodingNotSupported { get; } = new("ENCODING_NOT_SUPPORTED", FailureKind.Permanent);

    /// <summary>The object could not be read for the moment.</summary>
    public static FailureCode ObjectUnavailable { get; } = new("OBJECT_UNAVAILABLE", FailureKind.Transient);

    /// <summary>The bytes that arrived do not have the object's checksum.</summary>
    public static FailureCode ChecksumMismatch { get; } = new("CHECKSUM_MISMATCH", FailureKind.Transient);

    /// <summary>Memory ran out.</summary>
    public static FailureCode OutOfMemory { get; } = new("OUT_OF_MEMORY", FailureKind.Transient);

    /// <summary>The object's live generation kept changing while it was worked on.</summary>
    public static FailureCode ObjectChanging { get; } = new("OBJECT_CHANGING", FailureKind.Transient);

    /// <summary>A failure that nobody foresaw. Tried again, because it may pass; parked when it does not.</summary>
    public static FailureCode Internal { get; } = new("INTERNAL", FailureKind.Transient);

    /// <summary>The worker died or lost its way while it held the claim: the lease was over.</summary>
    public static FailureCode LeaseExpired { get; } = new("LEASE_EXPIRED", FailureKind.Transient);

    /// <summary>The instance was shut down before the work was done.</summary>
    public static FailureCode ShutDown { get; } = new("SHUT_DOWN", FailureKind.Transient);

    /// <summary>The platform gave up on delivering the event.</summary>
    public static FailureCode DeliveryGivenUp { get; } = new("DELIVERY_GIVEN_UP", FailureKind.Transient);

    /// <summary>The worker may not read the object, or the bucket does not exist.</summary>
    public static FailureCode ObjectDenied { get; } = new("OBJECT_DENIED", FailureKind.Configuration);

    /// <summary>The bucket of an event is not configured.</summary>
    public static FailureCode BucketNotConfigured { get; } = new("BUCKET_NOT_CONFIGURED", FailureKind.Configuration);

    /// <summary>No rule matches the object any more.</summary>
    public static FailureCode RuleNotFound { get; } = new("RULE_NOT_FOUND", FailureKind.Configuration);

    /// <summary>An operator has ended the retries.</summary>
    public static FailureCode GivenUp { get; } = new("GIVEN_UP", FailureKind.Permanent);

    /// <summary>An event whose data cannot be used.</summary>
    public static FailureCode BadEvent { get; } = new("BAD_EVENT", FailureKind.Permanent);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
