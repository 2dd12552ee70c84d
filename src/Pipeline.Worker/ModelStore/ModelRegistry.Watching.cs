using Pipeline.Worker.Telemetry;

namespace Pipeline.Worker.ModelStore;

public sealed partial class ModelRegistry
{
    /// <summary>While files are on their way, they are looked at more often than the options say.</summary>
    private static readonly TimeSpan SoonestLook = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Looks for newer versions until it is cancelled; returns at once where the options say never. A version whose files have stood still is loaded and
    /// warmed beside the one that answers, and takes its place at once. One that cannot be used leaves the other answering, and says why in
    /// <see cref="Statuses"/>. At most two versions of a model are in memory.
    /// </summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (_options.PollInterval == TimeSpan.Zero)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop, cancellationToken);
        try
        {
            while (true)
            {
                var isPending = false;
                foreach (var source in _options.Models)
                {
                    isPending |= await LookAsync(_slots[source.Name], stop.Token);
                }

                var wait = isPending && SoonestLook < _options.PollInterval ? SoonestLook : _options.PollInterval;
                await Task.Delay(wait, _timeProvider, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ended as asked.
        }
    }

    /// <returns>Whether something is on its way.</returns>
    private async Task<bool> LookAsync(ModelSlot slot, CancellationToken stop)
    {
        if (slot.ForgetRetired())
        {
            // Weights are large objects, which are collected rarely; a third version must find the memory of the first one free.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }

        if (slot.FirstLoad is not { IsCompleted: true } || Find(slot) is not { } next)
        {
            return slot.IsRetiring;
        }

        if (!slot.HasSettled(next, _options.SettleTime))
        {
            return true;
        }

        if (slot.IsRetiring)
        {
            slot.Note(next, ModelUpdateState.Waiting);
            return true;
        }

        await _oneAtATime.WaitAsync(stop);
        try
        {
            await Task.Run(() => Replace(slot, next), stop);
        }
        finally
        {
            _oneAtATime.Release();
        }

        return true;
    }

    private ModelCandidate? Find(ModelSlot slot)
    {
        try
        {
            return slot.Next(_loader.Look(slot.Source));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder is away, for a moment or for good: what is in memory goes on answering.
            Log.Unseen(_logger, error, slot.Source.Name);
            return null;
        }
    }

    private void Replace(ModelSlot slot, ModelCandidate next)
    {
#pragma warning disable CA1031 // Whatever is wrong with the new version must leave the one that answers alone.
        if (Find(slot) != next)
        {
            return;
        }

        slot.Note(next, ModelUpdateState.Loading);
        try
        {
            var version = LoadAndWarm(slot.Source, next);
            if (Find(slot) != next)
            {
                version.Release();
                slot.Unsettle();
                return;
            }

            slot.Serve(version);
            Log.Switched(_logger, slot.Source.Name, version.Model.Facts.Version);
        }
        catch (Exception error) when (!IsStopping(error))
        {
            Log.Refused(_logger, error, slot.Source.Name, next.Folder);
            WorkerTelemetry.CountRefusedModel(slot.Source.Name);
            slot.Refuse(next, error);
        }
#pragma warning restore CA1031
    }
}
