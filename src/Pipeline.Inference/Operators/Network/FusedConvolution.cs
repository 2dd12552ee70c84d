using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// A convolution whose results are added to another value, and only then clamped and given to its function. Inputs: picture NHWC, filter HWIO, bias of O elements, residual of the shape of the result.
/// </summary>
/// <param name="Convolution">Its own activation and function are applied after the addition.</param>
public sealed record FusedConvolution(Conv2D Convolution) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(4);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        var type = Convolution.Infer(inputs.First(3))[0];
        inputs.RequireSameType(3);
        return inputs[3].Shape.Equals(type.Shape)
            ? type
            : throw inputs.Invalid($"the residual is {inputs[3]}, the result {type}.");
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var plain = Convolution with { Activation = ValueRange.Unbounded, Function = null };
        var result = plain.Evaluate(inputs.First(3), context)[0];
        result = new Binary(BinaryFunction.Add).Evaluate(inputs.With([result, inputs.Value(3)]), context)[0];
        result = Convolution.Activation == ValueRange.Unbounded ? result : new Clamp(Convolution.Activation).Evaluate(inputs.With([result]), context)[0];
        return FollowingFunction.Apply(Convolution.Function, result, inputs, context);
    }
}
