using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>
/// Walks backwards from outputs through all calls and collects what is reached. Nothing recurses, so that no file can exhaust the stack; every loop has
/// its bound.
/// </summary>
internal sealed class GraphFlattener
{
    private const string FunctionAttribute = "f";
    private const int LargestHopCount = 10_000;
    private const int LargestHopTotal = 20_000_000;
    private const int LargestNameTotal = 100_000_000;

    private readonly GraphLibrary _library;
    private readonly FlatteningLimits _limits;
    private readonly GraphScope _top;
    private readonly List<FlatNode> _nodes = [];
    private readonly Queue<FlatNode> _unresolved = new();
    private readonly Queue<GraphScope> _unresolvedScopes = new();
    private readonly Dictionary<(string Node, int Index), FlatNode> _feeds = [];
    private int _scopeCount;
    private int _hopTotal;
    private int _nameTotal;

    private GraphFlattener(GraphLibrary library, FlatteningLimits limits)
    {
        _library = library;
        _limits = limits;
        _top = GraphScope.Top(library.Top);
    }

    private string Path => _library.Top.File.Path;

    /// <param name="feeds">References to values of the top graph that the caller gives.</param>
    /// <param name="outputs">References to values of the top graph that are wanted.</param>
    /// <exception cref="InvalidModelException">A reference leads nowhere, a call does not fit its function, or a bound is passed.</exception>
    /// <exception cref="UnsupportedModelException">A function calls itself.</exception>
    public static FlatGraph Flatten(GraphLibrary library, IReadOnlyList<string> feeds, IReadOnlyList<string> outputs, FlatteningLimits limits)
    {
        var flattener = new GraphFlattener(library, limits);
        FlatNode[] feedNodes = [.. feeds.Select(flattener.AddFeed)];
        FlatValue[] values = [.. outputs.Select(output => flattener.ResolveValue(flattener._top, output, null))];
        flattener.ResolveAll();
        return new FlatGraph(flattener._nodes, values, feedNodes);
    }

    /// <summary>What running a node of the top graph depends on; of a call, everything that it returns.</summary>
    /// <inheritdoc cref="Flatten"/>
    public static FlatGraph FlattenTarget(GraphLibrary library, string node, FlatteningLimits limits)
    {
        var flattener = new GraphFlattener(library, limits);
        flattener.ResolveControl(flattener._top, node);
        if (flattener._top.FindCall(node) is { } callee)
        {
            for (var index = 0; index < callee.ResultCount; index++)
            {
                flattener.ResolveValue(callee, callee.FindResult(index), null);
            }
        }

        flattener.ResolveAll();
        return new FlatGraph(flattener._nodes, [], []);
    }

    private FlatNode AddFeed(string reference)
    {
        var parsed = Parse(reference, _top);
        var node = _library.Top.Find(parsed.Name) ?? throw Invalid(reference, _top, "a node", "none of that name");
        var key = (node.Name, parsed.Index);
        if (!_feeds.TryGetValue(key, out var feed))
        {
            feed = new FlatNode(reference, _top, null);
            _feeds.Add(key, feed);
        }

        return feed;
    }

    private void ResolveAll()
    {
        while (true)
        {
            if (_unresolvedScopes.TryDequeue(out var scope))
            {
                ResolveControls(scope);
            }
            else if (_unresolved.TryDequeue(out var node))
            {
                ResolveInputs(node);
            }
            else
            {
                return;
            }
        }
    }

    private void ResolveInputs(FlatNode node)
    {
        foreach (var input in node.Source!.DataInputs)
        {
            node.AddInput(ResolveValue(node.Scope, input, node));
        }

        foreach (var control in node.Source.ControlInputs)
        {
            node.AddControl(ResolveControl(node.Scope, control));
        }

        node.AddControl(node.Scope.Entry);
    }

    private void ResolveControls(GraphScope scope)
    {
        if (scope.Entry is { } entry)
        {
            _nodes.Add(entry);
            entry.AddControl(scope.Parent!.Entry);
            foreach (var control in scope.Call!.ControlInputs)
            {
                entry.AddControl(ResolveControl(scope.Parent, control));
            }
        }

        if (scope.Exit is { } exit)
        {
            _nodes.Add(exit);
            foreach (var result in scope.Body.Function!.ControlRet.Values)
            {
                exit.AddControl(ResolveControl(scope, result));
            }
        }
    }

    /// <summary>Follows a reference through arguments and calls to a node that is neither.</summary>
    private FlatValue ResolveValue(GraphScope scope, string reference, FlatNode? consumer)
    {
        for (var hop = 0; hop < LargestHopCount && _hopTotal < LargestHopTotal; hop++)
        {
            _hopTotal++;
            var parsed = Parse(reference, scope);
            if (scope.FindArgument(parsed) is { } argument)
            {
                (reference, scope) = (argument, scope.Parent!);
                continue;
            }

            var node = scope.Body.Find(parsed.Name) ?? throw Invalid(reference, scope, "a node or argument", "none of that name");
            var index = parsed.Output is null
                ? parsed.Index
                : IndexOfOutput(node, parsed) ?? throw Invalid(reference, scope, $"an output of {node.Op}", $"'{parsed.Output}'");
            if (scope.Parent is null && _feeds.TryGetValue((node.Name, index), out var feed))
            {
                return new FlatValue(feed, 0);
            }

            if (EnterCall(scope, node) is not { } callee)
            {
                return new FlatValue(Reach(scope, node), index);
            }

            consumer?.AddControl(callee.Exit);
            (reference, scope) = (callee.FindResult(index), callee);
        }

        throw Invalid(reference, scope, $"a value behind at most {LargestHopCount} calls and arguments, {LargestHopTotal} in all", "longer chains, or a cycle");
    }

    /// <summary>What must have run where a control dependency names <paramref name="name"/>; null where that is nothing.</summary>
    private FlatNode? ResolveControl(GraphScope scope, string name)
    {
        if (scope.Body.Find(name) is { } node)
        {
            return scope.Parent is null && _feeds.ContainsKey((name, 0))
                ? null
                : EnterCall(scope, node) is { } callee ? callee.Exit : Reach(scope, node);
        }

        return scope.FindArgument(new GraphReference(name, null, 0)) is not null
            ? null
            : throw Invalid($"^{name}", scope, "a node or argument", "none of that name");
    }

    private FlatNode Reach(GraphScope scope, GraphNode node)
    {
        if (scope.FindNode(node.Name) is { } known)
        {
            return known;
        }

        if (_nodes.Count == _limits.LargestNodeCount)
        {
            throw new InvalidModelException(Path, "graph", $"at most {_limits.LargestNodeCount} nodes with all functions inlined", "more");
        }

        SpendName(scope.Prefix.Length + node.Name.Length);
        var flat = new FlatNode(scope.Prefix + node.Name, scope, node);
        scope.Add(flat);
        _nodes.Add(flat);
        _unresolved.Enqueue(flat);
        return flat;
    }

    /// <summary>The scope behind a call, or null where the node is none.</summary>
    private GraphScope? EnterCall(GraphScope scope, GraphNode node)
    {
        if (scope.FindCall(node.Name) is { } known)
        {
            return known;
        }

        var name = FindCalledFunction(node);
        if (name is null)
        {
            return null;
        }

        var function = _library.FindFunction(name) ?? throw Invalid(node.Name, scope, $"function '{name}'", "none of that name");
        if (scope.IsInside(name))
        {
            throw new UnsupportedModelException(
                Path, [new UnsupportedNode(node.Op, scope.Prefix + node.Name, FunctionAttribute, $"function '{name}' calls itself")]);
        }

        if (scope.Depth == _limits.LargestDepth || _scopeCount == _limits.LargestCallCount)
        {
            throw Invalid(node.Name, scope, $"at most {_limits.LargestCallCount} calls, nested {_limits.LargestDepth} deep", "more");
        }

        _scopeCount++;
        SpendName(scope.Prefix.Length + node.Name.Length);
        var callee = scope.Enter(function, node);
        _unresolvedScopes.Enqueue(callee);
        return callee;
    }

    /// <summary>Long names of calls come again in the names of all nodes behind them.</summary>
    private void SpendName(int length)
    {
        _nameTotal = length < LargestNameTotal - _nameTotal
            ? _nameTotal + length
            : throw new InvalidModelException(Path, "graph", $"names of at most {LargestNameTotal} characters with all functions inlined", "more");
    }

    private string? FindCalledFunction(GraphNode node)
    {
        if (node.Op is not ("PartitionedCall" or "StatefulPartitionedCall"))
        {
            return _library.HasFunction(node.Op) ? node.Op : null;
        }

        return node.Attributes.TryGetValue(FunctionAttribute, out var attribute) && attribute.ValueCase == AttrValue.ValueOneofCase.Func
            ? attribute.Func.Name
            : throw new InvalidModelException(
                Path,
                $"node '{node.Name}' ({node.Op})",
                $"attribute '{FunctionAttribute}' to name a function",
                attribute?.ValueCase.ToString() ?? "no such attribute");
    }

    private int? IndexOfOutput(GraphNode node, GraphReference reference)
    {
        if (!_library.HasFunction(node.Op))
        {
            return OutputArguments.FirstIndex(node.Op, reference.Output!) + reference.Index;
        }

        var outputs = _library.FindFunction(node.Op)!.Function!.Signature.OutputArg.Select(output => output.Name).ToList();
        var position = outputs.IndexOf(reference.Output!);
        return position < 0 ? null : position + reference.Index;
    }

    private GraphReference Parse(string reference, GraphScope scope) =>
        GraphReference.TryParse(reference) ?? throw Invalid(reference, scope, "'node', 'node:k' or 'node:output:k'", "something else");

    private InvalidModelException Invalid(string reference, GraphScope scope, string expected, string found) =>
        new(Path, $"'{reference}' in {scope.Body}", expected, found);
}
