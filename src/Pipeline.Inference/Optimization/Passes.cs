using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>All passes over a graph, in their order. The graph is checked after each.</summary>
internal static class Passes
{
    /// <summary>Those that need no shapes; they touch weights, so they run once a session.</summary>
    public static IReadOnlyList<RewritePass> OfAnyShape { get; } =
    [
        new LowerBatchNormalization(),
        new RecognizeDepthwise(),
        new RecognizeClamp(),
        new RecognizeDense(),
        new RecognizeSwish(),
        new RecognizeGelu(),
        new RecognizeLayerNormalization(),
        new ScaleBeforeClamp(),
        new MergeBias(),
        new MergeScale(),
        new MergeBias(),
        new MergeActivation(),
    ];

    private static IReadOnlyList<RewritePass> ShapePasses { get; } = [new FoldShapes()];

    /// <summary>Those that need all shapes.</summary>
    public static IReadOnlyList<RewritePass> OfConcreteShapes { get; } =
    [
        new RecognizeDense(),
        new SinkReshape(),
        new MergeBias(),
        new MergeActivation(),
        new FuseDense(),
        new MergeAffine(),
        new MergeBias(),
        new MergeActivation(),
        new ExplicitPadding(),
        new MergePad(),
        new MergeResidual(),
    ];

    /// <summary>Evaluates what depends on constants only.</summary>
    /// <param name="maxConstantBytes">The most that constants may take.</param>
    public static Graph Fold(Graph graph, long maxConstantBytes)
    {
        graph = ConstantFolding.Apply(graph, maxConstantBytes);
        GraphChecker.Check(graph, nameof(ConstantFolding));
        return graph;
    }

    /// <summary>Runs some of the passes above.</summary>
    public static Graph Apply(Graph graph, IReadOnlyList<RewritePass> passes)
    {
        foreach (var pass in passes)
        {
            graph = pass.Apply(graph);
            GraphChecker.Check(graph, pass.Name);
        }

        return graph;
    }

    /// <summary>The graph for inputs of known shapes, after some of the passes above.</summary>
    public static Graph Specialize(Graph graph, IReadOnlyList<Shape> shapes, long maxConstantBytes, IReadOnlyList<RewritePass> passes)
    {
        PartialShape[] known = [.. shapes];
        return Specialize(graph, known, maxConstantBytes, passes);
    }

    /// <summary>The graph for inputs of whose shapes more is known, after some of the passes above.</summary>
    public static Graph Specialize(Graph graph, IReadOnlyList<PartialShape> shapes, long maxConstantBytes, IReadOnlyList<RewritePass> passes)
    {
        graph = Specialization.Apply(graph, shapes);
        GraphChecker.Check(graph, nameof(Specialization));
        graph = FoldUntilStable(graph, maxConstantBytes);
        return Apply(graph, passes);
    }

    /// <summary>Shape arithmetic may make further shapes known, and those further arithmetic.</summary>
    private static Graph FoldUntilStable(Graph graph, long maxConstantBytes)
    {
        int before;
        do
        {
            before = graph.Nodes.Count;
            graph = Fold(Apply(graph, ShapePasses), maxConstantBytes);
        }
        while (graph.Nodes.Count < before);

        return graph;
    }
}
