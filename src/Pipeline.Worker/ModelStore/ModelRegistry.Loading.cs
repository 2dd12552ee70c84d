using Pipeline.Worker.Telemetry;

namespace Pipeline.Worker.ModelStore;

public sealed partial class ModelRegistry
{
    /// <summary>Versions that are tried at the start before the model counts as failed.</summary>
    private const int MaxFirstTries = 3;

    /// <summary>Fills an empty slot with the newest version that can be used.</summary>
    private async Task<ModelFailure?> LoadAsync(ModelSlot slot)
    {
        try
        {
            await _oneAtATime.WaitAsync(_stop);
            try
            {
                return slot.IsFilled ? null : LoadFirst(slot);
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return ModelFailure.StillLoading(slot.Source.Name);
        }
    }

    private bool IsStopping(Exception error) => error is OperationCanceledException && _stop.IsCancellationRequested;

    private ModelFailure? LoadFirst(ModelSlot slot)
    {
#pragma warning disable CA1031 // Whatever is wrong with one model must leave the process and the other models alone.
        (ModelCandidate Candidate, Exception Error)? newest = null;
        try
        {
            foreach (var candidate in _loader.Look(slot.Source).Take(MaxFirstTries))
            {
                try
                {
                    slot.Serve(LoadAndWarm(slot.Source, candidate));
                    if (newest is { } refused)
                    {
                        slot.Note(refused.Candidate, ModelUpdateState.Refused, refused.Error.Message);
                    }

                    return null;
                }
                catch (Exception error) when (!IsStopping(error))
                {
                    Log.Failed(_logger, error, slot.Source.Name, candidate.Folder);
                    WorkerTelemetry.CountRefusedModel(slot.Source.Name);
                    newest ??= (candidate, error);
                    slot.Refuse(candidate, error);
                }
            }
        }
        catch (Exception error) when (!IsStopping(error))
        {
            Log.Failed(_logger, error, slot.Source.Name, slot.Source.Folder);
            return ModelFailure.Of(slot.Source.Name, error);
        }

        return newest is { } failed ? ModelFailure.Of(slot.Source.Name, failed.Error) : ModelFailure.StillLoading(slot.Source.Name);
#pragma warning restore CA1031
    }

    private ServedVersion LoadAndWarm(ModelSource source, ModelCandidate candidate)
    {
        var start = _timeProvider.GetTimestamp();
        var model = _loader.Load(source, candidate, _stop);
        try
        {
            var loaded = _timeProvider.GetTimestamp();
            model.WarmUp(_stop);
            var (loadTime, warmTime) = (_timeProvider.GetElapsedTime(start, loaded), _timeProvider.GetElapsedTime(loaded));
            WorkerTelemetry.RecordModelLoad(source.Name, loadTime, warmTime);
            Log.Ready(_logger, source.Name, model.Facts.Version, model.Facts.Sha256, loadTime.TotalMilliseconds, warmTime.TotalMilliseconds);
            return new ServedVersion(candidate, model, new ModelServing(candidate.Folder, candidate.Version, _timeProvider.GetUtcNow(), loadTime, warmTime));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
