using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A function that a node of weights applies to each of its results, behind the clamp.</summary>
internal static class FollowingFunction
{
    /// <param name="function">Null: none.</param>
    /// <param name="inputs">Of the node.</param>
    public static RuntimeValue Apply(UnaryFunction? function, RuntimeValue result, OperatorInputs inputs, EvaluationContext context) =>
        function is { } found ? new Unary(found).Evaluate(inputs.With([result]), context)[0] : result;
}
