using System.Collections.Immutable;
using Pipeline.Embedded.Page.Following;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>Takes in what a source tells, as the page does, and holds it to its promises.</summary>
internal sealed class Follower
{
    private readonly IChangeSource _source;
    private long? _after;

    public Follower(IChangeSource source)
    {
        _source = source;
    }

    /// <summary>The documents as the source told them last.</summary>
    public Dictionary<DocumentPath, ImmutableSortedDictionary<string, DocumentValue>> Documents { get; } = [];

    /// <summary>How often everything was told anew, to the end.</summary>
    public int Beginnings { get; private set; }

    /// <summary>Looks once, and gives back what was told: the paths of further changes in their order.</summary>
    public async Task<ImmutableArray<string>> LookAsync()
    {
        var look = await _source.LookAsync(_after, TestContext.Current.CancellationToken);
        if (look.Everything is { } everything)
        {
            _after = null;
            Documents.Clear();
            await foreach (var document in everything)
            {
                Documents.Add(document.Path, document.Fields!);
            }

            Beginnings++;
        }

        Assert.Equal(Enumerable.Range(1, look.Changes.Length).Select(number => _after + number), look.Changes.Select(change => (long?)change.Sequence));
        Assert.True(look.Sequence >= (_after ?? long.MinValue));
        foreach (var change in look.Changes)
        {
            Take(change);
        }

        _after = look.Sequence;
        return [.. look.Changes.Select(static change => (change.Fields is null ? "-" : string.Empty) + change.Path.Id)];
    }

    private void Take(BoardChange change)
    {
        var known = Documents.GetValueOrDefault(change.Path);
        if (change.Fields is null)
        {
            Assert.True(Documents.Remove(change.Path), $"{change.Path} was told to be gone and was not known.");
            return;
        }

        Assert.False(known is not null && known.SequenceEqual(change.Fields), $"{change.Path} was told again and had not changed.");
        Documents[change.Path] = change.Fields;
    }
}
