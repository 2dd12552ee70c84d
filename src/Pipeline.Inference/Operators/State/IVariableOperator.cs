using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Operators;

/// <summary>An operator that works on a variable of its graph.</summary>
internal interface IVariableOperator
{
    GraphVariable Variable { get; }
}
