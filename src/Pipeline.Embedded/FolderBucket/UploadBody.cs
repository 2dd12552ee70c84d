namespace Pipeline.Embedded.FolderBucket;

/// <summary>The bytes of an upload as they come from the sender. It tells the sender's faults from the disk's.</summary>
internal sealed class UploadBody
{
    private readonly Stream _body;
    private readonly ObjectUpload _upload;
    private readonly TimeSpan _stallTimeout;
    private readonly TimeProvider _time;

    public UploadBody(Stream body, ObjectUpload upload, TimeSpan stallTimeout, TimeProvider time)
    {
        _body = body;
        _upload = upload;
        _stallTimeout = stallTimeout;
        _time = time;
    }

    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="ObjectWriteException">The sender broke off, or nothing came for too long. The buffer may still be written to.</exception>
    public async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _body.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(_stallTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw Interrupted($"nothing came for {_stallTimeout.TotalSeconds:0.###} s.", exception);
        }
        catch (IOException exception)
        {
            throw Interrupted($"the sender broke off: {exception.Message}", exception);
        }
    }

    private ObjectWriteException Interrupted(string detail, Exception innerException) =>
        new(ObjectWriteError.Interrupted, _upload.Bucket, _upload.Name, detail, innerException);
}
