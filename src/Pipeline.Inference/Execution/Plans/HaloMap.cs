using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>
/// How large a halo each value of a graph needs for those who read it as padding. A residual and the sum it goes into have the same one, so that they lie alike.
/// </summary>
internal sealed class HaloMap
{
    private readonly Dictionary<Value, Value> _parents = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, Halo> _halos = new(ReferenceEqualityComparer.Instance);

    public HaloMap(Graph graph)
    {
        foreach (var node in graph.Nodes.Where(node => node.Operator is FusedConvolution))
        {
            Unite(node.Outputs[0], node.Inputs[3]);
        }

        foreach (var node in graph.Nodes)
        {
            var padding = node.Operator switch
            {
                Conv2D convolution => convolution.Padding,
                FusedConvolution fused => fused.Convolution.Padding,
                DepthwiseConv2D convolution when node.Inputs[1].Shape[3] == 1 => convolution.Padding,
                _ => default,
            };
            Grow(node.Inputs.Count > 0 ? Root(node.Inputs[0]) : null, padding);
        }
    }

    public Halo this[Value value] => _halos.GetValueOrDefault(Root(value));

    private void Grow(Value? root, Padding padding)
    {
        if (root is not null && padding.Mode == PaddingMode.Explicit)
        {
            var halo = _halos.GetValueOrDefault(root);
            _halos[root] = new Halo(
                Math.Max(halo.Top, padding.Top), Math.Max(halo.Left, padding.Left), Math.Max(halo.Bottom, padding.Bottom), Math.Max(halo.Right, padding.Right));
        }
    }

    private void Unite(Value first, Value second)
    {
        var (a, b) = (Root(first), Root(second));
        if (!ReferenceEquals(a, b))
        {
            _parents[a] = b;
        }
    }

    private Value Root(Value value)
    {
        while (_parents.TryGetValue(value, out var parent))
        {
            value = parent;
        }

        return value;
    }
}
