using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Execution.Plans;

public sealed class ArenaPlannerTests
{
    [Fact]
    public void Place_RandomSteps_NeverLetsTwoLiveValuesShareMemory()
    {
        var seed = (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF);
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (steps, kept) = RandomSteps(random);

            var total = ArenaPlanner.Place(steps, kept);

            var values = steps.SelectMany(step => step.Outputs).Where(value => value.Owner is null).Distinct().ToArray();
            for (var step = 0; step < steps.Count; step++)
            {
                var live = values.Where(value => IsLive(value, steps, kept, step)).OrderBy(value => value.Buffer.Offset).ToArray();
                Assert.All(live.Zip(live.Skip(1)), pair => Assert.True(
                    pair.First.Buffer.Offset + pair.First.Length <= pair.Second.Buffer.Offset, $"seed {seed}, round {round}, step {step}"));
                Assert.All(live, value => Assert.True(value.Buffer.Offset + value.Length <= total, $"seed {seed}, round {round}, step {step}"));
                Assert.All(live, value => Assert.Equal(0, value.Buffer.Offset % 16));
            }
        }
    }

    [Fact]
    public void Place_Chain_NeedsTwoPlaces()
    {
        var values = Enumerable.Range(0, 20).Select(index => Value(index, 100)).ToArray();
        var steps = values.Zip(values.Skip(1)).Select(pair => new NoStep([pair.First], [pair.Second])).ToArray();

        var total = ArenaPlanner.Place([new NoStep([], [values[0]]), .. steps], [values[^1]]);

        Assert.Equal(2 * 112, total);
    }

    private static (IReadOnlyList<PlanStep> Steps, IReadOnlyCollection<PlanValue> Kept) RandomSteps(Random random)
    {
        List<PlanValue> values = [];
        List<PlanStep> steps = [];
        for (var index = 0; index < 30; index++)
        {
            var inputs = values.Where(_ => random.Next(4) == 0).Take(3).ToArray();
            var output = Value(index, random.Next(1, 300));
            steps.Add(new NoStep(inputs, [output]));
            values.Add(output);
            if (random.Next(3) == 0)
            {
                values.Add(new PlanValue($"view {index}", output.Shape, output.Layout) { Owner = output });
            }
        }

        return (steps, [.. values.Where(_ => random.Next(8) == 0)]);
    }

    private static bool IsLive(PlanValue value, IReadOnlyList<PlanStep> steps, IReadOnlyCollection<PlanValue> kept, int step)
    {
        bool Touches(PlanStep candidate) => candidate.Inputs.Concat(candidate.Outputs).Any(other => ReferenceEquals(other.Owner ?? other, value));
        return steps.Take(step + 1).Any(Touches)
            && (steps.Skip(step).Any(Touches) || kept.Any(other => ReferenceEquals(other.Owner ?? other, value)));
    }

    private static PlanValue Value(int index, int length) => new($"v{index}", Shape.Of(length), Layout.Plain(Shape.Of(length)));

    private sealed class NoStep(IReadOnlyList<PlanValue> inputs, IReadOnlyList<PlanValue> outputs) : PlanStep("none", inputs, outputs)
    {
        public override void Run(in PlanRun run, int share, int shares)
        {
        }
    }
}
