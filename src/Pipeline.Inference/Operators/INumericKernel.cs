using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>An operator whose evaluation is one algorithm for all kinds of numbers.</summary>
internal interface INumericKernel
{
    Tensor Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}
