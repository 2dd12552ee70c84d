using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>
/// Uploads in pieces, over any number of requests and restarts. What arrived of a piece counts, also where its sender broke off. The bytes lie in a
/// file of their own until the upload is whole; then it becomes an object in one transaction, and the upload is known to be finished until its time is up.
/// </summary>
internal sealed partial class UploadSessions
{
    private const int IdBytes = 20;

    /// <summary>A connection that gives nothing for so long may be dead, and nobody has told yet: who asks for the upload then gets it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly FolderObjectWriter _objects;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, UploadTurn> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ContentHash> _hashes = new(StringComparer.Ordinal);

    public UploadSessions(FolderObjectWriter objects, TimeProvider time, ILogger logger)
    {
        _objects = objects;
        _time = time;
        _logger = logger;
    }

    /// <summary>Begins an upload. Its conditions are checked now, and again when it is whole.</summary>
    /// <param name="total">The object's size, or null where the sender does not know it yet.</param>
    /// <returns>The upload's id, which nobody can guess.</returns>
    /// <exception cref="ObjectWriteException">It could never be stored, or a condition does not hold.</exception>
    /// <exception cref="UploadSessionException">Too many are unfinished.</exception>
    public Task<string> StartAsync(ObjectUpload upload, long? total, CancellationToken cancellationToken) =>
        StartAsync(upload, total, UploadProtocol.Ranges, cancellationToken);

    /// <inheritdoc cref="StartAsync(ObjectUpload, long?, CancellationToken)"/>
    public async Task<string> StartAsync(ObjectUpload upload, long? total, UploadProtocol protocol, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total.GetValueOrDefault());
        _objects.Check(upload, total);
        if (upload.Conditions != GenerationConditions.None
            && upload.Conditions.Check(await _objects.FindAsync(upload.Bucket, upload.Name, cancellationToken).ConfigureAwait(false)) is { } fault)
        {
            throw new ObjectWriteException(ObjectWriteError.ConditionNotMet, upload.Bucket, upload.Name, fault.Message);
        }

        var now = _time.GetUtcNow();
        var limit = _objects.Options.MaxOpenUploads;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        try
        {
            return await _objects.Catalog.WriteAsync(
                connection =>
                {
                    if (SessionTables.CountOpen(connection, now) >= limit)
                    {
                        throw new UploadSessionException(
                            UploadSessionError.TooMany, id, $"{limit} uploads are unfinished, which is as many as may be.");
                    }

                    SessionTables.Add(connection, new UploadSession(id, upload, total, protocol, LastPiece: 0, now + _objects.Options.UploadLifetime, Generation: null));
                    return id;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException exception)
        {
            throw FolderObjectWriter.Translate(exception, upload.Bucket, upload.Name);
        }
    }

    /// <summary>The upload, or null where there is none or its time is up.</summary>
    public async Task<UploadSession?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var session = await _objects.Catalog.ReadAsync(connection => SessionTables.Find(connection, id), cancellationToken).ConfigureAwait(false);
        return session?.Expires > _time.GetUtcNow() ? session : null;
    }

    /// <summary>Forgets an upload and what came of it; one that is finished is only forgotten.</summary>
    /// <exception cref="UploadSessionException">There is no such upload, or another request is sending to it.</exception>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        var turn = await EnterAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            await FindKnownAsync(id, cancellationToken).ConfigureAwait(false);
            await DropAsync(id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(id, turn);
        }
    }

    private async Task<UploadTurn> EnterAsync(string id, CancellationToken cancellationToken)
    {
        var turn = new UploadTurn(_time);
        while (!_turns.TryAdd(id, turn))
        {
            if (_turns.TryGetValue(id, out var other) && !(other.TryTakeOver(Silence) && await EndsSoonAsync(other).ConfigureAwait(false)))
            {
                throw new UploadSessionException(UploadSessionError.Busy, id, "another request is sending to it.");
            }
        }

        return turn;

        async Task<bool> EndsSoonAsync(UploadTurn other)
        {
            try
            {
                await other.Ended.WaitAsync(Silence, _time, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    private void Leave(string id, UploadTurn turn)
    {
        _turns.TryRemove(id, out _);
        turn.End();
    }

    private async Task<UploadSession> FindKnownAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new UploadSessionException(UploadSessionError.Unknown, id, "there is no such upload, or no more.");

    /// <summary>The catalogue forgets it first: a file that stays is removed at the next start.</summary>
    private async Task DropAsync(string id, CancellationToken cancellationToken)
    {
        await _objects.Catalog.WriteAsync(
            connection =>
            {
                SessionTables.Delete(connection, id);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        ForgetHash(id);
        try
        {
            File.Delete(_objects.Layout.UploadPath(id));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CleanUpFailed(_logger, exception);
        }
    }

    private void ForgetHash(string id)
    {
        if (_hashes.TryRemove(id, out var hash))
        {
            hash.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The file of an upload that has ended could not be removed; the next start does it.")]
        public static partial void CleanUpFailed(ILogger logger, Exception exception);
    }
}
