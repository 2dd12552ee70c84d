using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>
/// Which blocked values are made straight in the memory of the joined value that they go into: those that begin and end at whole blocks of its channels, and lie in it
/// with the halo they need themselves.
/// </summary>
internal sealed class ConcatMap
{
    private readonly Dictionary<Value, (Value Joined, int Channel)> _homes = new(ReferenceEqualityComparer.Instance);

    public ConcatMap(Graph graph, HaloMap halos)
    {
        // A residual and the sum it goes into lie alike, picture by picture.
        var residuals = graph.Nodes.Where(node => node.Operator is FusedConvolution).SelectMany(node => (Value[])[node.Inputs[3], node.Outputs[0]])
            .ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes.Where(node => node.Operator is Concat))
        {
            var joined = node.Outputs[0];
            var values = node.Inputs.Take(node.Inputs.Count - 1).ToArray();
            if (!IsBlocked(node, values) || residuals.Contains(joined))
            {
                continue;
            }

            var channel = 0;
            foreach (var (index, value) in values.Index())
            {
                var fits = channel % Layout.BlockSize == 0 && (value.Shape[3] % Layout.BlockSize == 0 || index == values.Length - 1);
                if (fits && halos[value] == halos[joined] && !residuals.Contains(value) && !graph.Inputs.Contains(value))
                {
                    _homes.TryAdd(value, (joined, channel));
                }

                channel += value.Shape[3];
            }
        }
    }

    /// <summary>Where a value lies.</summary>
    /// <returns>The joined value, and the channel of it at which the value begins; null where the value has memory of its own.</returns>
    public (Value Joined, int Channel)? Find(Value value) => _homes.TryGetValue(value, out var home) ? home : null;

    /// <summary>Whether pictures are joined along their channels.</summary>
    private static bool IsBlocked(Node node, Value[] values) =>
        node.Outputs[0] is { DataType: DataType.Float32, Shape: { Rank: 4 } shape } && shape.ToShape().ElementCount > 0
        && values.All(value => value.Constant is null && value.Shape[3] > 0)
        && OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownInteger(values.Length) is 3 or -1;
}
