namespace Pipeline.Embedded.Endpoint;

/// <summary>What a request's path asks for.</summary>
internal enum StorageRequestKind
{
    Unknown,
    Upload,
    Object,

    /// <summary>The same bytes as another object, described anew: one answer of its own kind.</summary>
    Rewrite,

    /// <summary>The same as <see cref="Rewrite"/>, answered with the object.</summary>
    Copy,

    /// <summary>Another name for the same bytes in the same bucket.</summary>
    Move,

    /// <summary>Several objects, one behind the other, as one.</summary>
    Compose,
    List,
    Bucket,
    Buckets,

    /// <summary>Where and how a bucket keeps its objects.</summary>
    Layout,

    /// <summary>Folders that are things of their own, of which there are none.</summary>
    Folders,

    /// <summary>Of Firebase's protocol: a bucket's objects.</summary>
    FirebaseBucket,

    /// <summary>Of Firebase's protocol: one object.</summary>
    FirebaseObject,
}
