using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    private const int BufferSize = 128 * 1024;
    private const string IncomingPrefix = "incoming-";

    /// <summary>Stores a body as the new generation of an object. Its event is recorded with it.</summary>
    /// <param name="body">Read to its end.</param>
    /// <param name="declaredSize">How many bytes the sender promised, or null. Fewer is an interruption.</param>
    /// <exception cref="ObjectWriteException">Nothing was stored.</exception>
    internal async Task<StoredObject> UploadAsync(ObjectUpload upload, Stream body, long? declaredSize, CancellationToken cancellationToken)
    {
        Check(upload, declaredSize);
        var incoming = Path.Combine(_layout.ContentFolder(upload.Bucket), IncomingPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            var content = await ReceiveAsync(upload, body, declaredSize, incoming, cancellationToken).ConfigureAwait(false);
            return await PublishAsync(upload, content, incoming, record: null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            throw Translate(exception, upload.Bucket, upload.Name);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Writes the body to a file of its own and to the disk.</summary>
    private async Task<ContentFacts> ReceiveAsync(
        ObjectUpload upload, Stream body, long? declaredSize, string incoming, CancellationToken cancellationToken)
    {
        using var hash = new ContentHash();
        var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            var source = new UploadBody(body, upload, _options.StallTimeout, _time);
            var buffer = new byte[BufferSize];
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.Append(buffer.AsSpan(0, read));
                if (hash.Size > _options.MaxObjectBytes)
                {
                    throw TooLarge(upload, hash.Size);
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }

        return declaredSize is null || declaredSize == hash.Size
            ? hash.Finish()
            : throw new ObjectWriteException(
                ObjectWriteError.Interrupted, upload.Bucket, upload.Name, $"it ended after {hash.Size} of {declaredSize} bytes.");
    }

    /// <exception cref="ObjectWriteException">The bytes are not those that the sender declared.</exception>
    private static void CheckContent(ObjectUpload upload, ContentFacts content)
    {
        var detail = upload.Crc32C is { } crc && crc != content.Crc32C
            ? $"the CRC-32C is {Crc32C.ToText(content.Crc32C)}, declared was {Crc32C.ToText(crc)}."
            : upload.Md5 is { } md5 && md5 != content.Md5 ? $"the MD5 is {content.Md5}, declared was {md5}." : null;
        if (detail is not null)
        {
            throw new ObjectWriteException(ObjectWriteError.WrongContent, upload.Bucket, upload.Name, detail);
        }
    }

    /// <summary>
    /// One transaction makes the file an object, with its events; only then does it move to its plain name. The move comes before the transaction's
    /// own flush to the disk, so after a loss of power there is no object without content.
    /// </summary>
    /// <param name="incoming">The file of the bytes, on the disk already. It stays where it is when nothing comes of it.</param>
    /// <param name="record">What else belongs into the transaction, or null.</param>
    /// <exception cref="ObjectWriteException">The upload is not the one declared, or a condition does not hold.</exception>
    internal async Task<StoredObject> PublishAsync(
        ObjectUpload upload, ContentFacts content, string incoming, Action<SqliteConnection, StoredObject>? record, CancellationToken cancellationToken)
    {
        CheckContent(upload, content);
        await _publishTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        string? staged = null;
        try
        {
            // What a person did to the file before is an object, or a generation, of its own.
            await _reconciler.TryReconcileAsync(upload.Bucket, upload.Name, seen: null, cancellationToken).ConfigureAwait(false);
            var (before, stored) = await _catalog.ChangeAsync(
                connection =>
                {
                    var change = Publish(connection, upload, content, incoming, out staged);
                    record?.Invoke(connection, change.Stored);
                    return change;
                },
                cancellationToken).ConfigureAwait(false);
            staged = null;
            await SettleFilesAsync(before, stored).ConfigureAwait(false);
            return stored;
        }
        catch (DatabaseException exception) when (exception.Failure == DatabaseFailure.CommitUnknown)
        {
            // The catalogue may hold the object: the next start keeps or drops its content.
            staged = null;
            throw;
        }
        finally
        {
            if (staged is not null)
            {
                File.Move(staged, incoming);
            }

            _publishTurn.Release();
        }
    }

    private (StoredObject? Before, StoredObject Stored) Publish(
        SqliteConnection connection, ObjectUpload upload, ContentFacts content, string incoming, out string? staged)
    {
        staged = null;
        var before = ObjectTables.Find(connection, upload.Bucket, upload.Name);
        if (upload.Conditions.Check(before) is { } fault)
        {
            throw new ObjectWriteException(ObjectWriteError.ConditionNotMet, upload.Bucket, upload.Name, fault.Message);
        }

        var modified = File.GetLastWriteTimeUtc(incoming).Ticks;
        var stored = _catalog.Create(connection, upload.Bucket, upload.Name, content, upload.Description, modified);
        staged = _layout.ContentPath(upload.Bucket, stored.Version.Generation);
        File.Move(incoming, staged);
        NoteLeftover(connection, upload.Bucket, upload.Name);
        return (before, ObjectCatalog.Replace(connection, before, stored));
    }

    /// <summary>Notes the file that the change makes obsolete, so that nobody takes it for one that a person put there.</summary>
    private void NoteLeftover(SqliteConnection connection, string bucket, string name)
    {
        if (_files.FindPlain(bucket, name) is { } plain)
        {
            ObjectTables.PutLeftover(connection, bucket, name, plain.Stamp);
        }
    }

    /// <summary>Moves content to its plain name and drops what it replaces. A failure harms nothing: the content is found where it is.</summary>
    private async Task SettleFilesAsync(StoredObject? before, StoredObject stored)
    {
        var (bucket, name, _) = stored.Version;
        try
        {
            MoveToPlainName(stored);
            if (before is not null)
            {
                File.Delete(_layout.ContentPath(bucket, before.Version.Generation));
            }

            await ForgetLeftoverAsync(bucket, name).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            Log.CleanUpFailed(_logger, bucket, name, exception);
        }
    }

    private void MoveToPlainName(StoredObject stored)
    {
        var (bucket, name, generation) = stored.Version;
        if (_layout.FindPlainPath(bucket, name) is not { } path || FileStamp.LeavesFolder(_layout.BucketPath(bucket), path) || Directory.Exists(path))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(_layout.ContentPath(bucket, generation), path, overwrite: true);
        }
        catch (IOException exception) when (!DiskErrors.IsFull(exception))
        {
            // Another object's file stands where this one needs a folder.
            Log.KeptUnderItsGeneration(_logger, bucket, name, generation, exception.Message);
        }
    }

    private Task<int> ForgetLeftoverAsync(string bucket, string name) => _catalog.WriteAsync(
        connection =>
        {
            ObjectTables.DeleteLeftover(connection, bucket, name);
            return 0;
        },
        CancellationToken.None);

    /// <summary>What can be said of an upload before its bytes.</summary>
    /// <exception cref="ObjectWriteException">It cannot be stored.</exception>
    internal void Check(ObjectUpload upload, long? declaredSize)
    {
        CheckNames(upload.Bucket, upload.Name);
        if (upload.Description.FindFault() is { } fault)
        {
            throw new ObjectWriteException(ObjectWriteError.InvalidDescription, upload.Bucket, upload.Name, fault);
        }

        if (declaredSize > _options.MaxObjectBytes)
        {
            throw TooLarge(upload, declaredSize.Value);
        }
    }

    internal ObjectWriteException TooLarge(ObjectUpload upload, long size) => new(
        ObjectWriteError.TooLarge, upload.Bucket, upload.Name, $"it has at least {size} bytes, {_options.MaxObjectBytes} are allowed.");
}
