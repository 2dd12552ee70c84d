using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The mean of each window of a picture NHWC, over the cells inside the picture only.</summary>
/// <param name="Kernel">The size of the window.</param>
/// <param name="Strides">How far the window moves, down and across.</param>
public sealed record AveragePool2D(Extent2D Kernel, Extent2D Strides, Padding Padding) : SingleOutputOperator, IFloatKernel
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private PictureWindow Window => new(Kernel, Strides, new Extent2D(1, 1), Padding);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        return PoolRules.Infer(inputs, Window);
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var picture = inputs.Tensor(0);
        var result = context.AllocateZeros(picture.DataType, shape);
        var elements = result.Elements<T>();
        var add = BinaryRules.For<T>(BinaryFunction.Add);
        var windows = new PoolWindows(picture.Shape, shape, Kernel, Strides, Window.Border(picture.Shape, shape));
        while (windows.MoveNext(context.CancellationToken))
        {
            var sums = elements.Slice(windows.Position, shape[3]);
            var count = 0;
            foreach (var cell in windows.Cells)
            {
                add.Apply(sums, 1, picture.Elements<T>().Slice(cell, shape[3]), 1, sums);
                count++;
            }

            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] /= T.CreateTruncating(count);
            }
        }

        return result;
    }
}
