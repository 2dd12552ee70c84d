using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>
/// What an operator does with dead letters: list, look, redrive, park, drop. Each change is one commit, made only if the letter is still the one
/// that was looked at. Safe beside running workers and other operators. Every method throws <see cref="DocumentStoreException"/> where the store
/// gives no answer; then nothing is known to be done.
/// </summary>
public sealed class DeadLetters
{
    /// <summary>Letters of one query.</summary>
    private const int QuerySize = 100;

    /// <summary>Letters looked at for one page: what the filter passes over costs reads.</summary>
    private const int MaxLooks = 2000;

    private readonly UploadRules _rules;
    private readonly UploadLedger _ledger;

    internal DeadLetters(UploadRules rules, UploadLedger ledger)
    {
        _rules = rules;
        _ledger = ledger;
    }

    /// <summary>One page of the letters of all buckets.</summary>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="after">Of the page before, or null.</param>
    /// <exception cref="ArgumentException">The cursor belongs to no configured collection.</exception>
    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, int pageSize, DeadLetterCursor? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, DocumentRequests.MaxLimit);
        var found = ImmutableArray.CreateBuilder<StoredLetter>();
        var now = await _ledger.NowAsync(new DocumentPath(_rules.Pairs[0].DeadLetters, "clock"), cancellationToken);
        var looks = 0;
        foreach (var (collection, state) in From(filter, after))
        {
            var last = after is { } cursor && cursor.Letter.Collection == collection && cursor.State == state ? cursor.ToSnapshot() : null;
            ImmutableArray<DocumentSnapshot> documents;
            do
            {
                documents = (await _ledger.QueryLettersAsync(collection, state, null, QuerySize, last, cancellationToken)).Documents;
                foreach (var document in documents)
                {
                    last = document;
                    looks++;
                    if (StoredLetter.Read(document) is { } letter && filter.Matches(letter.Letter, now))
                    {
                        found.Add(letter);
                    }

                    if (found.Count == pageSize || looks == MaxLooks)
                    {
                        return new DeadLetterPage(found.ToImmutable(), DeadLetterCursor.At(document, state), now);
                    }
                }
            }
            while (documents.Length == QuerySize);
        }

        return new DeadLetterPage(found.ToImmutable(), null, now);
    }

    /// <summary>One letter, or null.</summary>
    public Task<StoredLetter?> FindAsync(CollectionPair pair, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return _ledger.FindLetterAsync(new DocumentPath(pair.DeadLetters, id), cancellationToken);
    }

    /// <summary>One letter with its result and its rule, or null.</summary>
    public async Task<DeadLetterDetail?> ShowAsync(CollectionPair pair, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var (letter, result) = await _ledger.FindLetterWithResultAsync(
            new DocumentPath(pair.DeadLetters, id), new DocumentPath(pair.Results, id), cancellationToken);
        return letter is null ? null : new DeadLetterDetail(letter, result, Match(letter));
    }

    /// <summary>Redrives the object that a letter speaks of; due at once.</summary>
    /// <param name="letter">As it was looked at.</param>
    public Task<RedriveOutcome> RedriveAsync(StoredLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return TargetOf(letter) is { } target
            ? _ledger.RedriveAsync(target, letter, cancellationToken)
            : _ledger.RedriveLetterAsync(letter, cancellationToken);
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
    /// <param name="letter">As it was looked at.</param>
    public Task<LetterOutcome> ParkAsync(StoredLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return _ledger.ParkAsync(letter, ResultOf(letter), TargetOf(letter), GivenUp(), "OPERATOR", cancellationToken);
    }

    /// <summary>Deletes a letter; a result that waits for it has failed.</summary>
    /// <param name="letter">As it was looked at.</param>
    public Task<LetterOutcome> DropAsync(StoredLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return _ledger.DropAsync(letter, ResultOf(letter), TargetOf(letter), GivenUp(), cancellationToken);
    }

    /// <summary>What is still to be read, in the order of pages.</summary>
    private IEnumerable<(string Collection, DeadLetterState State)> From(DeadLetterFilter filter, DeadLetterCursor? after)
    {
        (string Collection, DeadLetterState State)[] all =
            [.. _rules.Pairs.SelectMany(pair => Enum.GetValues<DeadLetterState>(), (pair, state) => (pair.DeadLetters, state))];
        var first = after is null ? 0 : Array.IndexOf(all, (after.Letter.Collection, after.State));
        return first >= 0
            ? all[first..].Where(part => filter.State is null || filter.State == part.State)
            : throw new ArgumentException($"The cursor speaks of '{after!.Letter.Collection}', where no configured bucket keeps its dead letters.", nameof(after));
    }

    private DocumentPath ResultOf(StoredLetter letter) =>
        _rules.Pairs.FirstOrDefault(pair => pair.DeadLetters == letter.Path.Collection) is { } pair
            ? new DocumentPath(pair.Results, letter.Path.Id)
            : throw new ArgumentException($"'{letter.Path}' lies where no configured bucket keeps its dead letters.", nameof(letter));

    /// <summary>What the rules say of a letter's object, where the letter lies where it belongs.</summary>
    private UploadTarget? TargetOf(StoredLetter letter) => Match(letter) is { } target && target.Letter == letter.Path ? target : null;

    private UploadTarget? Match(StoredLetter letter) =>
        letter.Letter.Bucket is { } bucket && ObjectNames.IsValid(letter.Letter.Name) ? _rules.Match(bucket, letter.Letter.Name!) : null;

    private static Failure GivenUp() => new(FailureCode.GivenUp, "An operator has ended the retries.");
}
