using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

internal sealed partial class UploadSessions
{
    private const int BufferSize = 128 * 1024;

    /// <summary>
    /// Takes a piece of an upload, and makes the object once it is whole. Bytes that are there already are passed over, so that a piece can be sent
    /// again. A finished upload answers with its object, whatever is sent. A request whose sender has fallen silent gives way to this one.
    /// </summary>
    /// <param name="body">Read to its end.</param>
    /// <exception cref="UploadSessionException">The piece was not taken.</exception>
    /// <exception cref="ObjectWriteException">
    /// The sender broke off or the folder failed: what arrived is kept. Or the object can never be stored: the upload is forgotten.
    /// </exception>
    public async Task<UploadProgress> AppendAsync(string id, UploadChunk chunk, Stream body, CancellationToken cancellationToken)
    {
        var turn = await EnterAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            var session = await FindKnownAsync(id, cancellationToken).ConfigureAwait(false);
            try
            {
                return session.Generation is { } generation
                    ? await FinishedAsync(session, generation, cancellationToken).ConfigureAwait(false)
                    : await AppendAsync(session, chunk, new TurnStream(body, turn), cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectWriteException exception) when (IsFinal(exception.Error))
            {
                await DropAsync(id, CancellationToken.None).ConfigureAwait(false);
                throw;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
            {
                throw FolderObjectWriter.Translate(exception, session.Upload.Bucket, session.Upload.Name);
            }
        }
        finally
        {
            Leave(id, turn);
        }
    }

    /// <summary>Whether after this fault nothing can come of an upload any more.</summary>
    public static bool IsFinal(ObjectWriteError error) =>
        error is ObjectWriteError.TooLarge or ObjectWriteError.WrongContent or ObjectWriteError.ConditionNotMet;

    private async Task<UploadProgress> FinishedAsync(UploadSession session, long generation, CancellationToken cancellationToken)
    {
        var stored = await _objects.Catalog.FindAsync(session.Upload.Bucket, session.Upload.Name, cancellationToken).ConfigureAwait(false);
        return stored?.Version.Generation == generation
            ? new UploadProgress(stored.Content.Size, stored)
            : throw new UploadSessionException(
                UploadSessionError.Gone, session.Id, $"it was finished as generation {generation}, which has been replaced or deleted since.");
    }

    private async Task<UploadProgress> AppendAsync(UploadSession session, UploadChunk chunk, Stream body, CancellationToken cancellationToken)
    {
        var path = _objects.Layout.UploadPath(session.Id);
        var total = session.Total ?? chunk.Total;
        long received;
        bool isWhole;
        ContentHash hash;
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            hash = await FindHashAsync(session.Id, file, cancellationToken).ConfigureAwait(false);
            CheckPlace(session, chunk, hash.Size);
            var offset = chunk.Offset ?? hash.Size;
            if (session.Protocol == UploadProtocol.Commands && chunk.Length != 0 && offset == hash.Size && offset != session.LastPiece)
            {
                await BeginPieceAsync(session.Id, offset, cancellationToken).ConfigureAwait(false);
            }

            var arrived = await ReceiveAsync(session, chunk, total, body, file, hash, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            received = hash.Size;
            var endsHere = chunk.EndsObject && (chunk.Length ?? arrived) == arrived && offset + arrived == received;
            isWhole = session.Protocol == UploadProtocol.Commands || total is null ? endsHere : received == total;
        }

        if (!isWhole)
        {
            return new UploadProgress(received, Object: null);
        }

        if (received != (total ?? received))
        {
            throw new UploadSessionException(
                UploadSessionError.WrongSize, session.Id, $"the object was declared with {total} bytes, {received} are there.", received);
        }

        var stored = await _objects.PublishAsync(
            session.Upload with { Crc32C = chunk.Crc32C ?? session.Upload.Crc32C, Md5 = chunk.Md5 ?? session.Upload.Md5 },
            hash.Finish(),
            path,
            (connection, stored) => SessionTables.Finish(connection, session.Id, stored.Version.Generation),
            cancellationToken).ConfigureAwait(false);
        ForgetHash(session.Id);
        return new UploadProgress(received, stored);
    }

    /// <summary>Of the bytes in the file, with the file's position behind them. After a restart, or a write that failed half-way, they are read once.</summary>
    private async Task<ContentHash> FindHashAsync(string id, FileStream file, CancellationToken cancellationToken)
    {
        if (_hashes.TryGetValue(id, out var known) && known.Size == file.Length)
        {
            file.Position = known.Size;
            return known;
        }

        ForgetHash(id);
        var hash = new ContentHash();
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
        }

        _hashes[id] = hash;
        return hash;
    }

    private void CheckPlace(UploadSession session, UploadChunk chunk, long received)
    {
        if (session.Total is { } total && chunk.Total is { } said && said != total)
        {
            throw WrongSize($"the object was declared with {total} bytes, now with {said}.");
        }

        if (chunk.Total > _objects.Options.MaxObjectBytes)
        {
            throw _objects.TooLarge(session.Upload, chunk.Total.Value);
        }

        var offset = chunk.Offset ?? received;
        var length = chunk.Length ?? 0;
        if (offset < 0 || length < 0 || offset > long.MaxValue - length || offset + length > (session.Total ?? chunk.Total))
        {
            throw WrongSize($"{length} bytes from {offset} are no part of an object of {session.Total ?? chunk.Total} bytes.");
        }

        if (offset > received || (session.Protocol == UploadProtocol.Commands && offset != received && offset != session.LastPiece))
        {
            throw new UploadSessionException(
                UploadSessionError.Gap, session.Id, $"the piece begins at byte {offset}, {received} bytes are there.", received);
        }

        UploadSessionException WrongSize(string detail) => new(UploadSessionError.WrongSize, session.Id, detail, received);
    }

    /// <summary>Notes where a piece begins, before any of it can be lost: its sender may not know how much of it arrived, and send it again.</summary>
    private Task<bool> BeginPieceAsync(string id, long offset, CancellationToken cancellationToken) => _objects.Catalog.WriteAsync(
        connection =>
        {
            SessionTables.BeginPiece(connection, id, offset);
            return true;
        },
        cancellationToken);

    /// <returns>How many bytes the piece had.</returns>
    private async Task<long> ReceiveAsync(
        UploadSession session, UploadChunk chunk, long? total, Stream body, FileStream file, ContentHash hash, CancellationToken cancellationToken)
    {
        var source = new UploadBody(body, session.Upload, _objects.Options.StallTimeout, _time);
        var known = hash.Size - (chunk.Offset ?? hash.Size);
        var arrived = 0L;
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            arrived += read;
            var passed = (int)Math.Min(known, read);
            known -= passed;
            var size = hash.Size + read - passed;
            if (arrived > chunk.Length || size > total)
            {
                throw new UploadSessionException(
                    UploadSessionError.WrongSize,
                    session.Id,
                    $"the piece has more than its {chunk.Length?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "own"} bytes, or the object more than {total}.",
                    hash.Size);
            }

            if (size > _objects.Options.MaxObjectBytes)
            {
                throw _objects.TooLarge(session.Upload, size);
            }

            await file.WriteAsync(buffer.AsMemory(passed, read - passed), cancellationToken).ConfigureAwait(false);
            hash.Append(buffer.AsSpan(passed, read - passed));
        }

        return arrived;
    }
}
