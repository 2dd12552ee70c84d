using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively <c>value[begin:end:strides]</c> as in NumPy; the bits of each mask are about the entries of begin, end and strides. Inputs: value, begin, end, strides.</summary>
/// <param name="BeginMask">Entries whose begin is ignored.</param>
/// <param name="EndMask">Entries whose end is ignored.</param>
/// <param name="EllipsisMask">The entry, at most one, that stands for all dimensions not named.</param>
/// <param name="NewAxisMask">Entries that insert a dimension of 1.</param>
/// <param name="ShrinkAxisMask">Entries that take one index and drop the dimension.</param>
public sealed record StridedSlice(int BeginMask, int EndMask, int EllipsisMask, int NewAxisMask, int ShrinkAxisMask) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(4);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
