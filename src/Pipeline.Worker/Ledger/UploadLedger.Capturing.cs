using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    /// <summary>
    /// Makes a due letter of work whose event the platform has given up on, unless the documents show that it is known already.
    /// </summary>
    /// <returns>What the result document said: only for <see cref="ClaimVerdict.First"/> and <see cref="ClaimVerdict.Newer"/> is a letter written.</returns>
    public Task<ClaimVerdict> CaptureAsync(UploadWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ChangeAsync(
            work.Target.Result,
            work.Target.Letter,
            _newId(),
            null,
            async (state, token) =>
            {
                var (verdict, _) = await VerdictAsync(state, work, ClaimPurpose.Event, token);
                var isKnown = verdict is not (ClaimVerdict.First or ClaimVerdict.Newer) || state.Letter?.Letter.Generation >= work.Generation;
                if (isKnown)
                {
                    return LedgerStep<ClaimVerdict>.Done(verdict);
                }

                var failure = new Failure(FailureCode.DeliveryGivenUp, "The platform gave up on delivering the event.");
                var letter = LetterOf(work, state.Letter).With(Error(work, failure, state.Now)) with { DueAt = state.Now };
                return new LedgerStep<ClaimVerdict>([StoredLetter.Save(work.Target.Letter, state.Letter, letter)], _ => verdict);
            },
            cancellationToken);
    }

    /// <summary>Keeps an event that cannot be worked on as a parked letter; keeping it twice changes nothing.</summary>
    /// <param name="path">The letter's path (<see cref="Uploads.DocumentIds.FromEvent"/>).</param>
    /// <param name="letter">Its state, times, errors and reason are set here.</param>
    public async Task ParkEventAsync(DocumentPath path, DeadLetter letter, Failure failure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(failure);
        var now = await _store.NowAsync(path, cancellationToken);
        var parked = letter.With(new DeadLetterError(failure.Code.Name, failure.Message, now, null, _instance)) with
        {
            State = DeadLetterState.Parked,
            DueAt = now,
            ParkedReason = failure.Code.Name,
        };
        await _store.CommitAsync([StoredLetter.Save(path, null, parked)], cancellationToken);
    }
}
