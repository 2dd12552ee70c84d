namespace Pipeline.Inference.Execution.Plans;

/// <summary>Gives each value a place in one block of memory; two values share it only where they are never needed at the same time.</summary>
internal static class ArenaPlanner
{
    // A cache line, so that no two values share one.
    private const long Alignment = 16;

    /// <summary>Sets the buffers of all values that steps make.</summary>
    /// <param name="kept">Values that must live to the end.</param>
    /// <returns>Floats that the arena takes.</returns>
    public static long Place(IReadOnlyList<PlanStep> steps, IReadOnlyCollection<PlanValue> kept)
    {
        var lives = Lives(steps, kept);
        var placed = new List<Life>();
        long total = 0;
        foreach (var life in lives.OrderByDescending(life => life.Value.Length).ThenBy(life => life.First))
        {
            var offset = FirstFit(placed, life);
            life.Value.Buffer = new PlanBuffer(-1, offset);
            placed.Add(life);
            total = Math.Max(total, checked(offset + Round(life.Value.Length)));
        }

        return total;
    }

    private static List<Life> Lives(IReadOnlyList<PlanStep> steps, IReadOnlyCollection<PlanValue> kept)
    {
        var lives = new Dictionary<PlanValue, Life>(ReferenceEqualityComparer.Instance);
        for (var step = 0; step < steps.Count; step++)
        {
            foreach (var output in steps[step].Outputs.Where(value => value.Held is null).Select(value => value.Owner ?? value))
            {
                lives.TryAdd(output, new Life(output, step));
            }

            foreach (var value in steps[step].Inputs.Concat(steps[step].Outputs).Select(value => value.Owner ?? value))
            {
                if (lives.TryGetValue(value, out var life))
                {
                    life.Last = step;
                }
            }
        }

        foreach (var value in kept.Select(value => value.Owner ?? value))
        {
            if (lives.TryGetValue(value, out var life))
            {
                life.Last = steps.Count;
            }
        }

        return [.. lives.Values];
    }

    private static long FirstFit(List<Life> placed, Life life)
    {
        long offset = 0;
        foreach (var other in placed.Where(other => other.First <= life.Last && life.First <= other.Last).OrderBy(other => other.Value.Buffer.Offset))
        {
            if (offset + Round(life.Value.Length) <= other.Value.Buffer.Offset)
            {
                break;
            }

            offset = Math.Max(offset, checked(other.Value.Buffer.Offset + Round(other.Value.Length)));
        }

        return offset;
    }

    private static long Round(long length) => checked((length + Alignment - 1) / Alignment * Alignment);

    private sealed class Life(PlanValue value, int first)
    {
        public PlanValue Value { get; } = value;

        public int First { get; } = first;

        public int Last { get; set; } = first;
    }
}
