using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Runs graphs of floats.</summary>
internal static class Runs
{
    /// <summary>The elements of output <c>y</c> for input <c>x</c>.</summary>
    public static float[] Run(this Graph graph, params ReadOnlySpan<float> x)
    {
        var inputs = new Dictionary<string, RuntimeValue> { ["x"] = Tensor.Vector(x) };
        return ((Tensor)new InferenceSession(graph).Run(inputs)["y"]).Elements<float>().ToArray();
    }
}
