using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>The top graph of a meta graph and the functions that it can call. Functions are found by name at once and built when they are called.</summary>
internal sealed class GraphLibrary
{
    private const int GraphNodeField = 1;
    private const int GraphLibraryField = 2;
    private const int LibraryFunctionField = 1;
    private const int FunctionNodeField = 3;

    private readonly MessageFile _file;
    private readonly int _largestNodeCount;
    private readonly Dictionary<string, ByteRange> _functionRanges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphBody> _functions = new(StringComparer.Ordinal);

    /// <param name="graphs">The graph message; several are read as one.</param>
    /// <exception cref="InvalidModelException">The bytes are no graph.</exception>
    public GraphLibrary(MessageFile file, List<ByteRange> graphs, int largestNodeCount)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(graphs);
        _file = file;
        _largestNodeCount = largestNodeCount;
        var nodes = new List<ByteRange>();
        foreach (var graph in graphs)
        {
            var reader = new WireReader(file, graph);
            while (reader.Next())
            {
                if (reader.Number == GraphNodeField && reader.IsLengthDelimited)
                {
                    Add(nodes, reader.Content);
                }
                else if (reader.Number == GraphLibraryField && reader.IsLengthDelimited)
                {
                    IndexFunctions(reader.Content);
                }
            }
        }

        Top = new GraphBody(file, string.Empty, null, nodes);
    }

    public GraphBody Top { get; }

    public bool HasFunction(string name) => _functionRanges.ContainsKey(name);

    /// <summary>The function of a name, or null.</summary>
    /// <exception cref="InvalidModelException">It is broken.</exception>
    public GraphBody? FindFunction(string name)
    {
        if (_functions.TryGetValue(name, out var function))
        {
            return function;
        }

        if (!_functionRanges.TryGetValue(name, out var range))
        {
            return null;
        }

        var (message, contents) = _file.ParseApart<FunctionDef>(range, FunctionNodeField);
        var nodes = new List<ByteRange>();
        foreach (var content in contents)
        {
            Add(nodes, content);
        }

        function = new GraphBody(_file, name, message, nodes);
        _functions.Add(name, function);
        return function;
    }

    private void Add(List<ByteRange> nodes, ByteRange node)
    {
        if (nodes.Count == _largestNodeCount)
        {
            throw new InvalidModelException(_file.Path, "graph", $"at most {_largestNodeCount} nodes", "more");
        }

        nodes.Add(node);
    }

    private void IndexFunctions(ByteRange library)
    {
        var reader = new WireReader(_file, library);
        while (reader.Next())
        {
            if (reader.Number == LibraryFunctionField && reader.IsLengthDelimited)
            {
                if (!_functionRanges.TryAdd(ReadFunctionName(reader.Content), reader.Content))
                {
                    throw new InvalidModelException(
                        _file.Path, "function library", "a name of its own for each function", $"'{ReadFunctionName(reader.Content)}' twice");
                }
            }
        }
    }

    private string ReadFunctionName(ByteRange function)
    {
        var reader = new WireReader(_file, function);
        while (reader.Next())
        {
            if (reader.Number == FunctionDef.SignatureFieldNumber && reader.IsLengthDelimited)
            {
                return _file.FindText(reader.Content, OpDef.NameFieldNumber);
            }
        }

        throw new InvalidModelException(_file.Path, $"function at byte {function.Start}", "a signature", "none");
    }
}
