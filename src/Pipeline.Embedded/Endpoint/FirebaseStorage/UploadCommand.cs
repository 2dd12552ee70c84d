namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

/// <summary>What a request to an upload in pieces asks for. <see cref="Upload"/> and <see cref="Finalize"/> may come together.</summary>
[Flags]
internal enum UploadCommand
{
    None = 0,
    Start = 1,
    Upload = 2,
    Finalize = 4,
    Query = 8,
    Cancel = 16,
}
