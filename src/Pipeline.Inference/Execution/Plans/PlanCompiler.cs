using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Compiles a graph of concrete shapes into steps; nodes that no kernel does are interpreted between them.</summary>
internal static class PlanCompiler
{
    /// <returns>Null where a shape depends on values, or where no node has a kernel here: then the whole graph is interpreted.</returns>
    /// <exception cref="MemoryLimitExceededException">A run, or a weight in the form that kernels read, would take more than allowed.</exception>
    public static ExecutionPlan? TryCompile(Graph graph, PlanResources resources)
    {
        if (graph.Variables.Count > 0 || graph.Inputs.Count > ExecutionPlan.MaxInputs || graph.Outputs.Any(output => output.Value.Constant is not null)
            || graph.Nodes.Any(node => node.Outputs.Any(output => !output.Shape.IsConcrete)))
        {
            return null;
        }

        try
        {
            return Compile(graph, resources);
        }
        catch (OverflowException)
        {
            // Windows far apart need borders wider than any memory.
            throw new MemoryLimitExceededException(Run(graph), long.MaxValue, resources.MaxRunBytes);
        }
    }

    private static ExecutionPlan? Compile(Graph graph, PlanResources resources)
    {
        var builder = new PlanBuilder(graph, resources.Weights);
        var factory = KernelTiers.Live switch
        {
            KernelTier.Vector512 => (INodeSteps)new NodeSteps<Lanes512>(builder),
            KernelTier.Vector256 => new NodeSteps<Lanes256>(builder),
            _ => new NodeSteps<LanesPortable>(builder),
        };
        foreach (var node in graph.Nodes)
        {
            if (!factory.TryAdd(node))
            {
                builder.Interpret(node);
            }
        }

        PlanValue[] outputs = [.. graph.Outputs.Select(output => builder.Any(output.Value))];
        var interpreted = builder.Steps.OfType<InterpretedStep>().ToArray();
        if (interpreted.Length == builder.Steps.Count)
        {
            return null;
        }

        var bytes = Place(graph, builder.Steps, outputs, resources.MaxRunBytes);
        foreach (var step in interpreted)
        {
            step.Load(resources.Constants);
        }

        PlanValue[] inputs = [.. graph.Inputs.Select(builder.Any)];
        return new ExecutionPlan(builder.Steps, inputs, outputs, bytes, builder.HeldValues, resources);
    }

    /// <returns>Bytes of the arena.</returns>
    private static int Place(Graph graph, IReadOnlyList<PlanStep> steps, PlanValue[] outputs, long limit)
    {
        var inputs = graph.Inputs.Where(input => input.DataType.IsNumeric()).Sum(input => input.DataType.ByteLength(input.Shape.ToShape().ElementCount));
        var arena = checked(ArenaPlanner.Place(steps, outputs) * sizeof(float));
        var most = Math.Min(limit - inputs, Array.MaxLength - (1 << 10));
        return arena <= most
            ? (int)arena
            : throw new MemoryLimitExceededException(Run(graph), checked(arena + inputs), most + inputs);
    }

    /// <summary>For messages.</summary>
    private static string Run(Graph graph) => $"A run of graph '{graph.Name}' on {string.Join(", ", graph.Inputs.Select(input => input.Shape))}";
}
