using System.Text;
using System.Text.Json;
using Pipeline.Embedded.Page;
using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.Page;

public sealed class DocumentBoardTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DocumentBoard _board = new([new CollectionPair("photos", "results", "letters")], capacity: 3);

    [Fact]
    public async Task Apply_Changes_KeepsOrderCountsAndSequence()
    {
        await LoadAsync(7, Snapshot("results/a", "classified", 1), Snapshot("results/b", "failed", 3));
        _board.Apply([Change(8, "results/c", "processing", 2), Change(9, "letters/c", "due"), Change(10, "elsewhere/x", "failed", 9)]);
        _board.Apply([Change(11, "results/c", "classified", 2), Change(12, "letters/c", null), Change(13, "results/b", null)]);

        Assert.Equal(13, _board.View.Sequence);
        Assert.Equal(["c", "a"], _board.View.Rows.Select(row => row.Path.Id));
        Assert.Equal([KeyValuePair.Create("classified", 2)], _board.View.Statuses);
        Assert.Empty(_board.View.Letters);
    }

    [Fact]
    public async Task Apply_MoreThanItsCapacity_DropsTheOldestAndSaysSo()
    {
        await LoadAsync(3, [.. Enumerable.Range(1, 3).Select(number => Snapshot($"results/{number}", "classified", number))]);
        Assert.True(_board.View.IsWhole);
        _board.Apply([Change(4, "results/4", "failed", 4)]);

        Assert.Equal(["4", "3", "2"], _board.View.Rows.Select(row => row.Path.Id));
        Assert.False(_board.View.IsWhole);
        Assert.Equal(3, _board.View.Statuses.Values.Sum());
    }

    [Fact]
    public async Task View_TakenBefore_StaysAsItWas()
    {
        await LoadAsync(1, Snapshot("results/a", "classified", 1));
        var before = _board.View;
        _board.Apply([Change(2, "results/a", null)]);

        Assert.Single(before.Rows);
        Assert.Empty(_board.View.Rows);
    }

    [Fact]
    public void Row_DocumentThatAStrangerHasBroken_IsShownAsFarAsItGoes()
    {
        var fields = Documents.Fields(("status", 5L), ("score", double.NaN), ("label", DocumentValue.Null), ("timings", "none"));

        var row = BoardRow.Read("photos", Documents.Path("results/x%20y"), fields, Start);

        Assert.Equal(("x%20y", "unknown", null, Start), (row.Name, row.Status, row.Label, row.Created));
        using var json = JsonDocument.Parse(row.Json.AsMemory());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("score").ValueKind);
    }

    [Fact]
    public void Row_TextOfAnyKind_IsOneLineOfJson()
    {
        var fields = Documents.Fields(("name", "a\n<script>\"'\u2028"), ("status", "classified"), ("label", "b\r\nc"));

        var json = Encoding.UTF8.GetString(BoardRow.Read("photos", Documents.Path("results/x"), fields, Start).Json.AsSpan());

        Assert.DoesNotContain('\n', json);
        Assert.DoesNotContain('<', json);
    }

    private Task LoadAsync(long sequence, params DocumentSnapshot[] documents) => _board.LoadAsync(documents.ToAsyncEnumerable(), sequence);

    private static DocumentSnapshot Snapshot(string path, string status, int second) =>
        new(Documents.Path(path), Fields(status, second), Start, Start);

    private static BoardChange Change(long sequence, string path, string? status, int second = 0) =>
        new(sequence, Documents.Path(path), status is null ? null : Fields(status, second), Start);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, DocumentValue> Fields(string status, int second) =>
        Documents.Fields(("status", status), ("state", status), ("createdAt", Start.AddSeconds(second)));
}
