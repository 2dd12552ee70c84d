using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>What an operator does with dead letters: look, redrive, park, drop.</summary>
public sealed class DeadLetters
{
    private readonly UploadRules _rules;
    private readonly UploadLedger _ledger;

    internal DeadLetters(UploadRules rules, UploadLedger ledger)
    {
        _rules = rules;
        _ledger = ledger;
    }

    /// <summary>One page of a bucket's letters in one state.</summary>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="next">Of the page before, or null.</param>
    public async Task<DeadLetterPage> ListAsync(
        CollectionPair pair,
        DeadLetterState state,
        int pageSize,
        DocumentSnapshot? next,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var read = await _ledger.QueryLettersAsync(pair.DeadLetters, state, null, pageSize, next, cancellationToken);
        return new DeadLetterPage(
            [.. read.Documents.Select(StoredLetter.Read).OfType<StoredLetter>()],
            read.Documents.Length == pageSize ? read.Documents[^1] : null);
    }

    /// <summary>One letter, or null.</summary>
    public Task<StoredLetter?> FindAsync(CollectionPair pair, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return _ledger.FindLetterAsync(new DocumentPath(pair.DeadLetters, id), cancellationToken);
    }

    /// <summary>Redrives the object that a letter speaks of; due at once.</summary>
    public async Task<RedriveOutcome> RedriveAsync(CollectionPair pair, string id, CancellationToken cancellationToken)
    {
        var letter = await FindAsync(pair, id, cancellationToken);
        if (letter is null)
        {
            return new RedriveOutcome.NotFound();
        }

        if (TargetOf(letter) is { } target)
        {
            return await _ledger.RedriveAsync(target, condition: null, cancellationToken);
        }

        var isDue = await _ledger.RedriveLetterAsync(letter.Path, cancellationToken);
        return isDue ? new RedriveOutcome.Redriven(letter.Letter.Generation!.Value) : new RedriveOutcome.NotFound();
    }

    /// <summary>Redrives an object by its name, whatever its result says.</summary>
    public async Task<RedriveOutcome> RedriveObjectAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return ObjectNames.IsValid(name) && _rules.Match(bucket, name) is { } target
            ? await _ledger.RedriveAsync(target, condition: null, cancellationToken)
            : new RedriveOutcome.NotFound();
    }

    /// <summary>Parks a letter that is due; a result that waits for it has failed.</summary>
    /// <returns>False where there is nothing to park, or somebody is working on it.</returns>
    public async Task<bool> ParkAsync(CollectionPair pair, string id, CancellationToken cancellationToken)
    {
        var letter = await FindAsync(pair, id, cancellationToken);
        return letter is not null && await _ledger.ParkAsync(
            new DocumentPath(pair.Results, id), letter.Path, TargetOf(letter), GivenUp(), "OPERATOR", cancellationToken);
    }

    /// <summary>Deletes a letter; a result that waits for it has failed.</summary>
    /// <returns>False where there is no letter, or somebody is working on it.</returns>
    public async Task<bool> DropAsync(CollectionPair pair, string id, CancellationToken cancellationToken)
    {
        var letter = await FindAsync(pair, id, cancellationToken);
        return letter is not null && await _ledger.DropAsync(
            new DocumentPath(pair.Results, id), letter.Path, TargetOf(letter), GivenUp(), cancellationToken);
    }

    /// <summary>What the rules say of a letter's object, where the letter lies where it belongs.</summary>
    private UploadTarget? TargetOf(StoredLetter letter) =>
        letter.Letter.Bucket is { } bucket
        && ObjectNames.IsValid(letter.Letter.Name)
        && _rules.Match(bucket, letter.Letter.Name!) is { } target
        && target.Letter == letter.Path
            ? target
            : null;

    private static Failure GivenUp() => new(FailureCode.GivenUp, "An operator has ended the retries.");
}
