using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Plans as sessions make them.</summary>
internal static class PlanOf
{
    public static ExecutionPlan Graph(Graph graph, params Shape[] shapes)
    {
        graph = Passes.Apply(Passes.Fold(graph, 1 << 20), Passes.OfAnyShape);
        var plan = PlanCompiler.TryCompile(Passes.Specialize(graph, shapes, 1 << 20, Passes.OfConcreteShapes), new PlanResources(SessionOptions.Default));
        return plan ?? throw new InvalidOperationException("The graph has no plan.");
    }
}
