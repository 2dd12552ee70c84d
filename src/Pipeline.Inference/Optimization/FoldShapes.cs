using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>Where a shape is known, what asks for it is a constant.</summary>
internal sealed class FoldShapes : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Operator is not (ShapeOf or SizeOf or RankOf) || !rewriter.Current(node.Inputs[0]).Shape.TryGetShape(out var shape))
        {
            return false;
        }

        int[] numbers = node.Operator switch
        {
            ShapeOf => [.. shape.Dimensions],
            SizeOf => [shape.ElementCount],
            _ => [shape.Rank],
        };
        var type = node.Outputs[0].Type;
        var place = node.Operator is ShapeOf ? Shape.Of(numbers.Length) : Shape.Scalar;
        var tensor = type.DataType == DataType.Int64
            ? Tensor.From<long>(place, [.. numbers.Select(number => (long)number)])
            : Tensor.From<int>(place, numbers);
        rewriter.Replace(node.Outputs[0], GraphBuilder.Constant(node.Name, tensor));
        return true;
    }
}
