using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Matrix product over the last two dimensions, the others broadcast. Inputs: A […, M, K], B […, K, N].</summary>
/// <param name="TransposeA">A is […, K, M].</param>
/// <param name="TransposeB">B is […, N, K].</param>
public sealed record MatMul(bool TransposeA, bool TransposeB) : SingleOutputOperator, INumericKernel
{
    private const int RowsBetweenChecks = 64;

    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireSameType(1);
        inputs.RequireMinimumRank(0, 2);
        inputs.RequireMinimumRank(1, 2);
        var (a, b) = (inputs[0].Shape, inputs[1].Shape);
        if (!a.HasRank || !b.HasRank)
        {
            return new TensorType(inputs[0].DataType, PartialShape.Unknown);
        }

        inputs.Unify(TransposeA ? a[^2] : a[^1], TransposeB ? b[^1] : b[^2], "the common dimension of the matrices");
        var batch = inputs.Broadcast(PartialShape.Of(a.Dimensions[..^2]), PartialShape.Of(b.Dimensions[..^2]));
        return new TensorType(
            inputs[0].DataType,
            PartialShape.Of([.. batch.Dimensions, TransposeA ? a[^1] : a[^2], TransposeB ? b[^2] : b[^1]]));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.AllocateZeros(DataTypes.Of<T>(), shape);
        var (a, b) = (inputs.Tensor(0), TransposeB ? Transpose(inputs.Tensor(1), context) : inputs.Tensor(1));
        var (m, n) = (shape[^2], shape[^1]);
        var depth = TransposeA ? a.Shape[^2] : a.Shape[^1];
        if (shape.ElementCount == 0 || depth == 0)
        {
            return result;
        }

        var (step, row) = TransposeA ? (m, 1) : (1, depth);
        var matrices = new BroadcastWalk(Shape.Of(shape.Dimensions[..^2]), Shape.Of(a.Shape.Dimensions[..^2]), Shape.Of(b.Shape.Dimensions[..^2]));
        while (matrices.MoveNext())
        {
            for (var i = 0; i < matrices.RowLength; i++)
            {
                var left = a.Elements<T>()[((matrices.Offset(0) + (i * matrices.Step(0))) * m * depth)..];
                var right = b.Elements<T>()[((matrices.Offset(1) + (i * matrices.Step(1))) * depth * n)..];
                var target = result.Elements<T>()[((matrices.Position + i) * m * n)..];
                for (var r = 0; r < m; r += RowsBetweenChecks)
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    var products = new ProductRows([0], depth, step, row, n, Math.Min(RowsBetweenChecks, m - r), n, n);
                    products.Run<T>(left[(r * row)..], right, target[(r * n)..]);
                }
            }
        }

        return result;
    }

    private static Tensor Transpose(Tensor matrices, EvaluationContext context)
    {
        int[] dimensions = [.. matrices.Shape.Dimensions];
        (dimensions[^1], dimensions[^2]) = (dimensions[^2], dimensions[^1]);
        var result = context.Allocate(matrices.DataType, Shape.Of(dimensions));
        var strides = StridedCopy.StridesOf(matrices.Shape);
        (strides[^1], strides[^2]) = (strides[^2], strides[^1]);
        StridedCopy.Run(matrices, 0, strides, result, 0, StridedCopy.StridesOf(result.Shape), dimensions);
        return result;
    }
}
