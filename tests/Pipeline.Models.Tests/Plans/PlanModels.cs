using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Kinds.Models;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Tests.Plans;

/// <summary>Models of the test data with inputs to run them on.</summary>
internal static class PlanModels
{
    public const long MaxConstantBytes = 1L << 31;

    /// <summary>A graph as plans are compiled from it.</summary>
    public static Graph Specialize(Graph graph, IReadOnlyList<Shape> inputs) =>
        Passes.Specialize(Passes.Apply(Passes.Fold(graph, MaxConstantBytes), Passes.OfAnyShape), inputs, MaxConstantBytes, Passes.OfConcreteShapes);

    /// <summary>The first case of each model that can be read and has no state.</summary>
    public static IEnumerable<(FixtureCase Fixture, Graph Graph, IReadOnlyList<Shape> Inputs)> Find(string folder)
    {
        if (!SharedFolder.TryFind(folder, out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        foreach (var fixture in FixtureFolder.Read(path).Where(fixture => fixture.Kind == "saved_model").DistinctBy(fixture => fixture.Path))
        {
            Graph graph;
            try
            {
                var options = SavedModelReadOptions.Default;
                graph = SavedModelReader.Read(fixture.FullPath, options with { Signature = fixture.Signature ?? options.Signature }).Graph;
            }
            catch (Exception error) when (error is UnsupportedModelException or InvalidModelException)
            {
                continue;
            }

            var byName = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
            if (graph.Variables.Count == 0 && graph.Inputs.All(input => byName.ContainsKey(input.Name)))
            {
                yield return (fixture, graph, [.. graph.Inputs.Select(input => byName[input.Name].Shape)]);
            }
        }
    }
}
