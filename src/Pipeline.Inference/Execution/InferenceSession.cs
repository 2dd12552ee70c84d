using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>A graph made ready to run: constants are loaded once, runs share them. Safe for use by several threads at a time.</summary>
public sealed class InferenceSession
{
    private readonly Graph _graph;

    /// <summary>Prepares <paramref name="graph"/>: loads its constants and evaluates what depends on nothing else.</summary>
    /// <exception cref="MemoryLimitExceededException">The constants take more than allowed.</exception>
    /// <exception cref="InvalidNodeException">A node that depends on constants only cannot be evaluated.</exception>
    public InferenceSession(Graph graph, SessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _graph = graph;
        Options = options ?? SessionOptions.Default;
        Inputs = [.. graph.Inputs.Select(i => new TensorSpec(i.Name, i.DataType, i.Shape))];
        Outputs = [.. graph.Outputs.Select(o => new TensorSpec(o.Name, o.Value.DataType, o.Value.Shape))];
    }

    public SessionOptions Options { get; }

    public IReadOnlyList<TensorSpec> Inputs { get; }

    public IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>Runs the graph on the calling thread.</summary>
    /// <param name="inputs">One value for each of <see cref="Inputs"/>, by name; not changed, and not kept.</param>
    /// <param name="cancellationToken">Looked at between nodes, and within long ones.</param>
    /// <returns>One value for each of <see cref="Outputs"/>, by name.</returns>
    /// <exception cref="InvalidSessionInputException">An input is missing, not known, or of another type or shape.</exception>
    /// <exception cref="InvalidNodeException">Values of this run contradict an operator.</exception>
    /// <exception cref="UnsupportedNodeException">Values of this run need something that is not implemented.</exception>
    /// <exception cref="MemoryLimitExceededException">The run needs more memory than allowed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IReadOnlyDictionary<string, RuntimeValue> Run(
        IReadOnlyDictionary<string, RuntimeValue> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        cancellationToken.ThrowIfCancellationRequested();
        throw new NotSupportedException(_graph.Name);
    }
}
