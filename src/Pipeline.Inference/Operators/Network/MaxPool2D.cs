using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The largest of each window of a picture NHWC; padding never wins, a NaN always does.</summary>
/// <param name="Kernel">The size of the window.</param>
/// <param name="Strides">How far the window moves, down and across.</param>
public sealed record MaxPool2D(Extent2D Kernel, Extent2D Strides, Padding Padding) : SingleOutputOperator, INumericKernel
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private PictureWindow Window => new(Kernel, Strides, new Extent2D(1, 1), Padding);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        return PoolRules.Infer(inputs, Window);
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var picture = inputs.Tensor(0);
        var result = context.Allocate(picture.DataType, shape);
        var elements = result.Elements<T>();
        var maximum = BinaryRules.For<T>(BinaryFunction.Maximum);
        var windows = new PoolWindows(picture.Shape, shape, Kernel, Strides, Window.Border(picture.Shape, shape));
        while (windows.MoveNext(context.CancellationToken))
        {
            var sums = elements.Slice(windows.Position, shape[3]);
            picture.Elements<T>().Slice(windows.FirstCell, shape[3]).CopyTo(sums);
            foreach (var cell in windows.Cells)
            {
                maximum.Apply(sums, 1, picture.Elements<T>().Slice(cell, shape[3]), 1, sums);
            }
        }

        return result;
    }
}
