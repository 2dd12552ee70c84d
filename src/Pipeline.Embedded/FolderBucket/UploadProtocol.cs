namespace Pipeline.Embedded.FolderBucket;

/// <summary>How the sender of an upload in pieces says where they belong and when it is whole.</summary>
internal enum UploadProtocol
{
    /// <summary>By ranges: a piece may repeat what is there; the upload is whole when its size is reached, or with a piece that ends the object.</summary>
    Ranges,

    /// <summary>
    /// By commands: a piece begins right behind what is there, or is the last one sent again; the upload is whole when its sender says so, and then has
    /// the size declared.
    /// </summary>
    Commands,
}
