using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Makes the steps of one node after the other.</summary>
internal interface INodeSteps
{
    /// <returns>False where no step does what the node asks for.</returns>
    bool TryAdd(Node node);
}
