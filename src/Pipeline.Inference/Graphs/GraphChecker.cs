using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>Checks that a graph is well formed: run after it is built and after each pass.</summary>
public static class GraphChecker
{
    /// <param name="stage">Who made the graph, for the message.</param>
    /// <exception cref="InvalidGraphException">
    /// A name is used twice, a value is used before it is made or made twice, a node's outputs are not what its operator infers, a variable is
    /// not the graph's, or there is no output.
    /// </exception>
    public static void Check(Graph graph, string stage)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var made = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        CheckNames(graph, stage, "input", graph.Inputs.Select(i => i.Name));
        CheckNames(graph, stage, "output", graph.Outputs.Select(o => o.Name));
        CheckNames(graph, stage, "variable", graph.Variables.Select(v => v.Name));
        if (graph.Outputs.Count == 0)
        {
            throw new InvalidGraphException(graph.Name, stage, "it has no output.");
        }

        foreach (var input in graph.Inputs)
        {
            CheckMadeOnce(graph, stage, made, input, $"input '{input.Name}'");
        }

        foreach (var node in graph.Nodes)
        {
            CheckNode(graph, stage, made, node);
        }

        foreach (var output in graph.Outputs)
        {
            CheckUse(graph, stage, made, output.Value, $"output '{output.Name}'");
        }
    }

    private static bool AreTypesOf(IReadOnlyList<Value> values, IReadOnlyList<TensorType> types)
    {
        var index = 0;
        while (index < types.Count && index < values.Count && types[index] == values[index].Type)
        {
            index++;
        }

        return index == types.Count && index == values.Count;
    }

    private static void CheckNode(Graph graph, string stage, HashSet<Value> made, Node node)
    {
        foreach (var input in node.Inputs)
        {
            CheckUse(graph, stage, made, input, $"node {node}");
        }

        if (node.Operator is IVariableOperator { Variable: var variable } && !graph.Variables.Contains(variable))
        {
            throw new InvalidGraphException(graph.Name, stage, $"node {node} works on variable '{variable.Name}', which is not one of the graph's.");
        }

        var types = node.Operator.Infer(OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs));
        if (!AreTypesOf(node.Outputs, types))
        {
            var declared = string.Join(", ", node.Outputs.Select(o => o.Type));
            throw new InvalidGraphException(graph.Name, stage, $"node {node} has outputs {declared}, its operator infers {string.Join(", ", types)}.");
        }

        foreach (var output in node.Outputs)
        {
            CheckMadeOnce(graph, stage, made, output, $"node {node}");
        }

        foreach (var subGraph in node.SubGraphs)
        {
            Check(subGraph, stage);
        }
    }

    private static void CheckUse(Graph graph, string stage, HashSet<Value> made, Value value, string user)
    {
        if (value.Constant is null && !made.Contains(value))
        {
            throw new InvalidGraphException(graph.Name, stage, $"{user} uses value '{value.Name}', which nothing before it makes.");
        }
    }

    private static void CheckMadeOnce(Graph graph, string stage, HashSet<Value> made, Value value, string maker)
    {
        if (value.Constant is not null || !made.Add(value))
        {
            throw new InvalidGraphException(graph.Name, stage, $"{maker} makes value '{value.Name}', which was made before.");
        }
    }

    private static void CheckNames(Graph graph, string stage, string kind, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new InvalidGraphException(graph.Name, stage, $"two {kind}s are named '{name}'.");
            }
        }
    }
}
