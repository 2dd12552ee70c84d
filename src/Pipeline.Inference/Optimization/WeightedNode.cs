using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A convolution, depthwise convolution or product with constant float32 weights, whose results have one weight set for each channel.</summary>
internal sealed class WeightedNode
{
    private readonly int[] _channels;

    /// <param name="channels">The last dimensions of the result.</param>
    private WeightedNode(Node node, NumericConstantSource weights, int[] channels)
    {
        Node = node;
        Weights = weights;
        _channels = channels;
    }

    public Node Node { get; }

    public NumericConstantSource Weights { get; }

    /// <summary>Of the result.</summary>
    public int Channels => Shape.Of(_channels).ElementCount;

    /// <summary>Whether the results are clamped or given to a function already, so that nothing linear can be merged any more.</summary>
    public bool IsActivated => Activation != ValueRange.Unbounded || Function is not null;

    public ValueRange Activation => Node.Operator switch
    {
        Conv2D convolution => convolution.Activation,
        DepthwiseConv2D convolution => convolution.Activation,
        Dense dense => dense.Activation,
        _ => ValueRange.Unbounded,
    };

    /// <summary>What is applied to the results; null: nothing.</summary>
    public UnaryFunction? Function => Node.Operator switch
    {
        Conv2D convolution => convolution.Function,
        DepthwiseConv2D convolution => convolution.Function,
        _ => null,
    };

    /// <summary>The constant bias, zeros where there is none; null where it is no constant.</summary>
    public float[]? Bias => Node.Inputs.Count < 3 ? new float[Channels] : ChannelConstant.Read(Node.Inputs[2], Channels, 1);

    /// <summary>Whether results can be multiplied by one number for each channel by multiplying weights.</summary>
    public bool ScalesByChannel => Node.Operator is not Dense { TransposeWeights: true };

    /// <summary>A constant that has one number for each channel of the result, or null.</summary>
    public float[]? ReadChannels(Value constant) => ChannelConstant.Read(constant, _channels, Node.Outputs[0].Shape.Rank);

    /// <summary>The node behind a value that only one node uses.</summary>
    public static WeightedNode? Find(GraphRewriter rewriter, Value value) =>
        Of(rewriter.ProducerUsedOnce<Conv2D>(value) ?? rewriter.ProducerUsedOnce<DepthwiseConv2D>(value) ?? rewriter.ProducerUsedOnce<Dense>(value));

    /// <summary>The same node with another bias and weights, as a new node of the rewriter's graph.</summary>
    public void Replace(GraphRewriter rewriter, Node old, NumericConstantSource weights, ReadOnlySpan<float> bias) =>
        rewriter.ReplaceWith(
            old, Node.Operator, Node.Inputs[0], GraphBuilder.Constant(Node.Inputs[1].Name, weights), ChannelConstant.Make($"{old.Name}/bias", bias));

    /// <summary>The same node with results clamped.</summary>
    public void Clamp(GraphRewriter rewriter, Node old, ValueRange range)
    {
        Operator clamped = Node.Operator switch
        {
            Conv2D convolution => convolution with { Activation = range },
            DepthwiseConv2D convolution => convolution with { Activation = range },
            var dense => (Dense)dense with { Activation = range },
        };
        rewriter.ReplaceWith(old, clamped, [.. Node.Inputs]);
    }

    /// <summary>Lets the same node apply a function to its results.</summary>
    /// <returns>False where it cannot.</returns>
    public bool TryApply(GraphRewriter rewriter, Node old, UnaryFunction function)
    {
        Operator? applying = Node.Operator switch
        {
            Conv2D convolution => convolution with { Function = function },
            DepthwiseConv2D convolution => convolution with { Function = function },
            _ => null,
        };
        if (applying is not null)
        {
            rewriter.ReplaceWith(old, applying, [.. Node.Inputs]);
        }

        return applying is not null;
    }

    /// <returns>Null for a node without weights: one of no channels has nothing to merge.</returns>
    private static WeightedNode? Of(Node? node)
    {
        if (node is null || node.Inputs[1].Constant is not NumericConstantSource { DataType: DataType.Float32 } weights)
        {
            return null;
        }

        var shape = weights.Shape;
        if (shape.ElementCount == 0)
        {
            return null;
        }

        var channels = node.Operator switch
        {
            DepthwiseConv2D => [shape[2] * shape[3]],
            Dense dense => dense.Split(shape).Columns,
            _ => new[] { shape[^1] },
        };
        return new WeightedNode(node, weights, channels);
    }
}
