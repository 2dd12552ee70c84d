using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// A product of rows with weights that finishes its results: function(clamp((sum + bias) · scale + residual)). Inputs: rows, weights and bias as of the product, scale
/// of as many elements as the bias, and where there is one the residual, of the shape of the result.
/// </summary>
/// <param name="Product">Its own activation is applied behind the addition of the residual.</param>
/// <param name="HasResidual">Whether there is a fifth input.</param>
/// <param name="Function">What is made of the clamped results; null: nothing.</param>
public sealed record FusedDense(Dense Product, bool HasResidual, UnaryFunction? Function) : SingleOutputOperator
{
    private const int Scale = 3;
    private const int Residual = 4;

    /// <summary>Whether a function is one that results can be finished with.</summary>
    internal static bool CanFuse(UnaryFunction function) => function is UnaryFunction.Gelu or UnaryFunction.GeluTanh or UnaryFunction.Swish or UnaryFunction.HardSwish
        or UnaryFunction.Sigmoid or UnaryFunction.Tanh or UnaryFunction.Elu or UnaryFunction.Selu;

    public override InputRange InputRange => InputRange.Exactly(HasResidual ? 5 : 4);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        var type = Product.Infer(inputs.First(3))[0];
        inputs.RequireFloatingPoint(0);
        inputs.RequireSameType(Scale);
        inputs.Unify(inputs[2].Shape, inputs[Scale].Shape);
        if (!HasResidual)
        {
            return type;
        }

        inputs.RequireSameType(Residual);
        return type with { Shape = inputs.Unify(type.Shape, inputs[Residual].Shape) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var product = (Tensor)(Product with { Activation = ValueRange.Unbounded }).Evaluate(inputs.First(3), context)[0];
        var columns = inputs.Value(Scale).Shape.ElementCount;
        var rows = product.Reshape(Shape.Of(columns == 0 ? 0 : product.Shape.ElementCount / columns, columns));
        var result = Run(new Binary(BinaryFunction.Multiply), rows, inputs.Value(Scale)).Reshape(shape);
        if (HasResidual)
        {
            result = Run(new Binary(BinaryFunction.Add), result, inputs.Value(Residual));
        }

        if (Product.Activation != ValueRange.Unbounded)
        {
            result = Run(new Clamp(Product.Activation), result);
        }

        return Function is { } function ? Run(new Unary(function), result) : result;

        Tensor Run(Operator step, params RuntimeValue[] values) => (Tensor)step.Evaluate(inputs.With(values), context)[0];
    }
}
