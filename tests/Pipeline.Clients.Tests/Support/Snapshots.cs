using System.Text.Json;

namespace Pipeline.Clients.Tests.Support;

/// <summary>What a listener saw of one result, in order.</summary>
internal sealed class Snapshots
{
    private static readonly string[] Final = ["classified", "failed", "deleted"];

    private readonly List<JsonElement> _seen;

    public Snapshots(JsonElement seen)
    {
        _seen = [.. seen.EnumerateArray()];
    }

    /// <summary>The status of each, <c>missing</c> where there was no document.</summary>
    public IReadOnlyList<string> Statuses => [.. _seen.Select(StatusOf)];

    /// <summary>The statuses without repetitions: a status may be seen again while work goes on, when its lease is renewed.</summary>
    public IReadOnlyList<string> Course => [.. Statuses.Where((status, index) => index == 0 || status != Statuses[index - 1])];

    public JsonElement Last => _seen[^1];

    /// <summary>The labels that the snapshots of one generation had, in order; those without one left out.</summary>
    public IReadOnlyList<string?> Labels(long generation) => [.. _seen.Where(Exists).Where(seen => Generation(seen) == generation).Select(Label).Where(label => label is not null)];

    /// <summary>The generations, each once, in order.</summary>
    public IReadOnlyList<long> Generations => [.. _seen.Where(Exists).Select(Generation).Distinct()];

    /// <summary>
    /// Asserts that nothing ever went back: it began missing; the generation never fell; within one generation neither attempts fell nor did anything
    /// follow a final status but a deletion.
    /// </summary>
    public void AssertNeverBack()
    {
        var all = string.Join(Environment.NewLine, _seen);
        Assert.True(Statuses[0] == "missing", all);
        Assert.True(_seen.Skip(1).All(Exists), all);
        foreach (var (before, after) in _seen.Skip(1).Zip(_seen.Skip(2)))
        {
            Assert.True(Generation(after) >= Generation(before), all);
            if (Generation(after) == Generation(before))
            {
                Assert.True(Attempts(after) >= Attempts(before), all);
                Assert.True(StatusOf(after) == "deleted" || !Final.Contains(StatusOf(before)), all);
            }
        }
    }

    private static bool Exists(JsonElement seen) => seen.TryGetProperty("exists", out var exists) && exists.GetBoolean();

    private static string StatusOf(JsonElement seen) =>
        seen.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString()!
        : Exists(seen) ? seen.GetProperty("status").GetString()! : "missing";

    private static long Generation(JsonElement seen) => seen.GetProperty("generation").GetInt64();

    private static long Attempts(JsonElement seen) => seen.TryGetProperty("attempts", out var attempts) ? attempts.GetInt64() : long.MaxValue;

    private static string? Label(JsonElement seen) => seen.TryGetProperty("label", out var label) ? label.GetString() : null;
}
