using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// The Einstein summation of one or two inputs: a label that an input repeats takes its diagonal, labels of one input that the result leaves out are summed, then
/// products are summed over the labels that both have and the result leaves out; a label that the result repeats puts elements on a diagonal of zeros. What an
/// ellipsis stands for is broadcast.
/// </summary>
/// <param name="Equation">Letters and at most one "..." for each input, with commas between them, then "->" and those of the result.</param>
public sealed record Einsum(string Equation) : SingleOutputOperator
{
    private static readonly MatMul Product = new(TransposeA: false, TransposeB: false);
    private static readonly Reduce Sum = new(ReduceFunction.Sum, KeepDimensions: false);

    public override InputRange InputRange => new(1, 2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireSameType(inputs.Count - 1);
        return inputs[0] with
        {
            Shape = EinsumTerms.Resolve(EinsumEquation.Parse(inputs, Equation), inputs) is { } terms
                ? PartialShape.Of([.. terms.Output.Select(terms.Size)])
                : PartialShape.Unknown,
        };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var terms = EinsumTerms.Resolve(EinsumEquation.Parse(inputs, Equation), inputs)!;
        if (inputs.Count == 1)
        {
            var kept = terms.Own(0, kept: true);
            return Spread(terms, kept, Gather(terms, inputs, 0, kept, context), shape, context);
        }

        var (batch, summed, rows, columns) = (terms.Batch, terms.Summed, terms.Own(0, kept: true), terms.Own(1, kept: true));
        var left = Gather(terms, inputs, 0, [.. batch, .. rows, .. summed], context);
        var right = Gather(terms, inputs, 1, [.. batch, .. summed, .. columns], context);
        var product = (Tensor)Product.Evaluate(
            inputs.With([Matrices(left, batch.Length, rows.Length), Matrices(right, batch.Length, summed.Length)]), context)[0];
        int[] labels = [.. batch, .. rows, .. columns];
        return Spread(terms, labels, product.Reshape(Shape.Of([.. labels.Select(terms.Size)])), shape, context);
    }

    /// <summary>An input in the order of <paramref name="labels"/>, its own other labels summed.</summary>
    private static Tensor Gather(EinsumTerms terms, OperatorInputs inputs, int input, int[] labels, EvaluationContext context)
    {
        var source = inputs.Tensor(input);
        var summed = terms.Own(input, kept: false);
        int[] order = [.. labels, .. summed];
        var own = terms.Inputs[input];
        var shape = Shape.Of([.. order.Select(label => source.Shape[Array.IndexOf(own, label)])]);
        var result = context.Allocate(source.DataType, shape);
        StridedCopy.Run(source, 0, Strides(source.Shape, own, order), result, 0, StridedCopy.StridesOf(shape), shape.Dimensions);
        if (summed.Length == 0)
        {
            return result;
        }

        var axes = Tensor.Vector<int>([.. Enumerable.Range(labels.Length, summed.Length)]);
        return (Tensor)Sum.Evaluate(inputs.With([result, axes]), context)[0];
    }

    /// <summary>A value whose dimensions are those of <paramref name="labels"/>, in the order of the result.</summary>
    private static Tensor Spread(EinsumTerms terms, int[] labels, Tensor value, Shape shape, EvaluationContext context)
    {
        var result = context.AllocateZeros(value.DataType, shape);
        StridedCopy.Run(value, 0, StridedCopy.StridesOf(value.Shape), result, 0, Strides(shape, terms.Output, labels), value.Shape.Dimensions);
        return result;
    }

    /// <summary>Elements from one place of a label to the next: along the diagonal where it stands at several dimensions.</summary>
    private static int[] Strides(Shape shape, int[] own, int[] labels)
    {
        var strides = StridedCopy.StridesOf(shape);
        return [.. labels.Select(label => own.Zip(strides).Where(pair => pair.First == label).Sum(pair => pair.Second))];
    }

    /// <summary>The dimensions behind the batch as two.</summary>
    private static Tensor Matrices(Tensor value, int batch, int rows)
    {
        var shape = value.Shape;
        return value.Reshape(Shape.Of([.. shape.Dimensions[..batch], shape.CountOf(batch, batch + rows), shape.CountOf(batch + rows, shape.Rank)]));
    }
}
