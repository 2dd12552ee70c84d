using Pipeline.Models.Package;

namespace Pipeline.Models.Tests.Package;

public sealed class TopScoresTests
{
    [Fact]
    public void Add_AnyScores_KeepsWhatAStableSortPutsFirst()
    {
        const int Seed = 20251;
        var random = new Random(Seed);
        for (var run = 0; run < 500; run++)
        {
            var scores = Enumerable.Range(0, random.Next(1, 40)).Select(_ => (double)random.Next(8)).ToArray();
            var count = random.Next(1, 12);
            var top = new TopScores(count);
            for (var index = 0; index < scores.Length; index++)
            {
                top.Add(index, scores[index]);
            }

            var expected = scores.Index().OrderByDescending(entry => entry.Item).Take(count).Select(entry => (entry.Index, entry.Item));
            Assert.True(expected.SequenceEqual(top.Best), $"Seed {Seed}, run {run}.");
        }
    }
}
