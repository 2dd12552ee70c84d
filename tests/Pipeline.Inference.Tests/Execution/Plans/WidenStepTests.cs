using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Inputs of other types become float32 in a step of their own, equal to the plain evaluation.</summary>
public sealed class WidenStepTests
{
    [Theory]
    [InlineData(DataType.UInt8)]
    [InlineData(DataType.Int8)]
    [InlineData(DataType.UInt16)]
    [InlineData(DataType.Int16)]
    [InlineData(DataType.UInt32)]
    [InlineData(DataType.Int32)]
    [InlineData(DataType.Int64)]
    [InlineData(DataType.Float16)]
    [InlineData(DataType.Float64)]
    public void Run_AnyBits_EqualsThePlainEvaluation(DataType type)
    {
        foreach (var length in new[] { 1, 15, 4096, 10_001 })
        {
            var graph = Nets.Build(type, [2, -1], (b, x) => b.Add("negate", new Unary(UnaryFunction.Negate), b.Add("cast", new Cast(DataType.Float32), x)));
            var x = Tensor.Zeros(type, Shape.Of(2, length));
            new Random(length).NextBytes(x.Bytes);
            var plan = PlanOf.Graph(graph, x.Shape);

            Assert.Empty(plan.Steps.OfType<InterpretedStep>());
            Assert.Equal(Nets.Interpret(graph, x).Elements<float>(), ((Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0]).Elements<float>());
        }
    }
}
