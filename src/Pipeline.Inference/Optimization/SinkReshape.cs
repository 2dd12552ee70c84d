using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>
/// What is done element by element to the results of a product of rows is done before they get another shape, so that it can be merged into the product. Needs concrete
/// shapes.
/// </summary>
internal sealed class SinkReshape : RewritePass
{
    // A product is followed by bias, function, scale and residual at most.
    private const int LongestChain = 4;

    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0] is not { DataType: DataType.Float32, Shape.IsConcrete: true })
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return node.Operator switch
        {
            Unary or Clamp => Source(rewriter, inputs[0]) is { } source && Replace(rewriter, node, source),
            BiasAdd => TryTwo(rewriter, node, inputs, 0),
            Binary => TryTwo(rewriter, node, inputs, 0) || TryTwo(rewriter, node, inputs, 1),
            _ => false,
        };
    }

    /// <param name="reshaped">Which of the inputs is to be the results of a product.</param>
    private static bool TryTwo(GraphRewriter rewriter, Node node, Value[] inputs, int reshaped)
    {
        var (value, other) = (inputs[reshaped], inputs[1 - reshaped]);
        if (Source(rewriter, value) is not { } source || !value.Shape.Equals(node.Outputs[0].Shape))
        {
            return false;
        }

        var moved = other.Constant is not null ? Constant(node, other, value.Shape.ToShape(), source.Shape.ToShape())
            : other.Shape.Equals(value.Shape) ? Reshape(rewriter, $"{node.Name}/other", other, source.Shape.ToShape())
            : null;
        return moved is not null && Replace(rewriter, node, reshaped == 0 ? [source, moved] : [moved, source]);
    }

    private static bool Replace(GraphRewriter rewriter, Node node, params Value[] inputs)
    {
        var result = rewriter.Emit($"{node.Name}/before", node.Operator, inputs);
        rewriter.Replace(node.Outputs[0], Reshape(rewriter, node.Name, result, node.Outputs[0].Shape.ToShape()));
        return true;
    }

    private static Value Reshape(GraphRewriter rewriter, string name, Value value, Shape shape) =>
        rewriter.Emit(name, new Reshape(), value, GraphBuilder.Constant($"{name}/shape", Tensor.Vector<int>(shape.Dimensions)));

    /// <summary>What had its shape changed, where it comes from a product of rows and nobody else uses it.</summary>
    private static Value? Source(GraphRewriter rewriter, Value value)
    {
        if (rewriter.ProducerUsedOnce<Reshape>(value) is not { } reshape || !reshape.Inputs[0].Shape.IsConcrete)
        {
            return null;
        }

        var node = rewriter.Producer(reshape.Inputs[0]);
        for (var length = 0; length < LongestChain && node is { Operator: BiasAdd or Binary or Unary or Clamp }; length++)
        {
            node = node.Inputs.Select(rewriter.Producer).FirstOrDefault(producer => producer is { Operator: Dense or FusedDense or BiasAdd or Binary or Unary or Clamp });
        }

        return node is { Operator: Dense or FusedDense } ? reshape.Inputs[0] : null;
    }

    /// <summary>A constant that meets the last dimensions of one shape, made to meet those of another; null where that cannot be.</summary>
    private static Value? Constant(Node node, Value value, Shape from, Shape to)
    {
        if (value.Constant is not NumericConstantSource { DataType: DataType.Float32 } constant || constant.Shape.Rank > from.Rank)
        {
            return null;
        }

        int[] dimensions = [.. constant.Shape.Dimensions.ToArray().SkipWhile(size => size == 1)];
        if (!from.Dimensions[^dimensions.Length..].SequenceEqual(dimensions))
        {
            return null;
        }

        for (var rank = node.Operator is BiasAdd ? 1 : 0; rank <= to.Rank; rank++)
        {
            var last = Shape.Of(to.Dimensions[^rank..]);
            if (last.ElementCount == constant.Shape.ElementCount && (node.Operator is not BiasAdd || rank == 1))
            {
                return GraphBuilder.Constant(value.Name, ((Tensor)constant.Load()).Reshape(last));
            }
        }

        return null;
    }
}
