using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>An operator whose evaluation is one algorithm for all floating-point numbers.</summary>
internal interface IFloatKernel
{
    Tensor Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>;
}
