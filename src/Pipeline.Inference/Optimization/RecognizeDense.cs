using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A product of rows with constant weights, written as a product of matrices or as an Einstein summation, takes bias and clamp.</summary>
internal sealed class RecognizeDense : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0].DataType != DataType.Float32)
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return node.Operator switch
        {
            MatMul { TransposeA: false } product => TryMatrix(rewriter, node, product, inputs),
            Einsum einsum when inputs.Length == 2 => TrySummation(rewriter, node, einsum, inputs, 1) || TrySummation(rewriter, node, einsum, inputs, 0),
            _ => false,
        };
    }

    private static bool TryMatrix(GraphRewriter rewriter, Node node, MatMul product, Value[] inputs)
    {
        if (!inputs[0].Shape.HasRank || inputs[1].Constant is not { Shape.Rank: 2 })
        {
            return false;
        }

        rewriter.ReplaceWith(node, new Dense(product.TransposeB, ValueRange.Unbounded), inputs);
        return true;
    }

    /// <param name="weights">Which input is to be the weights.</param>
    private static bool TrySummation(GraphRewriter rewriter, Node node, Einsum einsum, Value[] inputs, int weights)
    {
        var known = OperatorInputs.OfValues(node.Name, einsum, inputs);
        if (inputs[weights].Constant is null || !inputs[1 - weights].Shape.HasRank
            || EinsumTerms.Resolve(EinsumEquation.Parse(known, einsum.Equation), known) is not { Summed: { Length: > 0 } summed, Output: var output } terms)
        {
            return false;
        }

        var rows = terms.Inputs[1 - weights];
        var outer = rows[..Math.Max(0, rows.Length - summed.Length)];
        var own = output[Math.Min(outer.Length, output.Length)..];
        summed = rows[outer.Length..];
        int[] all = [.. outer, .. summed, .. own];
        if (all.Distinct().Count() < all.Length || !output.SequenceEqual([.. outer, .. own]) || own.Length == 0)
        {
            return false;
        }

        var isTransposed = summed.Length == 1 && own.Length == 1 && terms.Inputs[weights].SequenceEqual([.. own, .. summed]);
        if (!isTransposed && !terms.Inputs[weights].SequenceEqual([.. summed, .. own]))
        {
            return false;
        }

        rewriter.ReplaceWith(node, new Dense(isTransposed, ValueRange.Unbounded) { SummedDimensions = summed.Length }, inputs[1 - weights], inputs[weights]);
        return true;
    }
}
