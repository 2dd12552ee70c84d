using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution;

public sealed class EnginePreparationTests
{
    [Fact]
    public void Run_AnyTier_Ends() => EnginePreparation.Run();

    [Fact]
    public void Build_Plan_HasKernelsForEveryNode()
    {
        var plan = PlanOf.Graph(EnginePreparation.Build(), Shape.Of(1, 56, 56, 3));

        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        Assert.Contains(plan.Steps, step => step is ConvolutionStep);
        Assert.Contains(plan.Steps, step => step is DepthwiseStep);
    }
}
