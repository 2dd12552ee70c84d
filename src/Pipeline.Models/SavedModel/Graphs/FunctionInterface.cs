using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>How the inputs and outputs of one call belong to the arguments and results of its function.</summary>
internal sealed class FunctionInterface
{
    private const int LongestList = 65_536;

    private readonly GraphBody _function;
    private readonly GraphNode _call;
    private readonly Dictionary<string, (int Start, int Count)> _arguments = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Index)> _results = [];

    /// <exception cref="InvalidModelException">The call has more or fewer inputs than the function arguments.</exception>
    public FunctionInterface(GraphBody function, GraphNode call, GraphScope caller)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(call);
        _function = function;
        _call = call;
        var signature = function.Function!.Signature ?? new OpDef();
        var start = 0;
        foreach (var argument in signature.InputArg)
        {
            var count = CountValues(argument, caller);
            _arguments[argument.Name] = (start, count);
            start += count;
        }

        if (start != call.DataInputs.Count)
        {
            throw Invalid($"{start} inputs, the arguments of {function}", $"{call.DataInputs.Count}");
        }

        foreach (var result in signature.OutputArg)
        {
            var count = CountValues(result, caller);
            for (var index = 0; index < count; index++)
            {
                _results.Add((result.Name, index));
            }
        }
    }

    public int ResultCount => _results.Count;

    /// <summary>The value of an attribute of a function in a call: the call's, or the function's default; null where there is neither.</summary>
    public static AttrValue? FindAttribute(GraphBody function, GraphNode call, string name)
    {
        if (call.Attributes.TryGetValue("f", out var value) && value.Func is { } named && named.Attr.TryGetValue(name, out var given))
        {
            return given;
        }

        return call.Attributes.TryGetValue(name, out var direct)
            ? direct
            : function.Function!.Attr.TryGetValue(name, out var fallback) ? fallback : null;
    }

    /// <summary>The call's input behind an argument, or null where the reference is to no argument.</summary>
    public string? FindArgument(GraphReference reference) =>
        reference.Output is null && _arguments.TryGetValue(reference.Name, out var range)
            ? reference.Index < range.Count
                ? _call.DataInputs[range.Start + reference.Index]
                : throw Invalid($"argument '{reference.Name}' to hold value {reference.Index}", $"{range.Count} values")
            : null;

    /// <summary>What the function returns as its output <paramref name="index"/>.</summary>
    /// <exception cref="InvalidModelException">It has no such output, or does not say what it returns.</exception>
    public string FindResult(int index)
    {
        if (index >= _results.Count)
        {
            throw Invalid($"output {index}", $"{_results.Count} outputs of {_function}");
        }

        var (name, within) = _results[index];
        return _function.Function!.Ret.TryGetValue(name, out var reference)
            ? within == 0 ? reference : $"{reference}:{within}"
            : throw Invalid($"{_function} to return '{name}'", "nothing of that name");
    }

    private int CountValues(OpDef.Types.ArgDef argument, GraphScope caller)
    {
        var attribute = argument.NumberAttr.Length > 0 ? argument.NumberAttr : argument.TypeListAttr;
        if (attribute.Length == 0)
        {
            return 1;
        }

        var found = FindAttribute(_function, _call, attribute);
        var value = found is null ? null : caller.Substitute(found);
        long count = value switch
        {
            { ValueCase: AttrValue.ValueOneofCase.I } => value.I,
            { ValueCase: AttrValue.ValueOneofCase.List } => value.List.Type.Count,
            _ => -1,
        };
        return count is >= 0 and <= LongestList
            ? (int)count
            : throw Invalid($"attribute '{attribute}' to count 0 to {LongestList} values", value?.ToString() ?? "none");
    }

    private InvalidModelException Invalid(string expected, string found) =>
        new(_function.File.Path, $"call '{_call.Name}'", expected, found);
}
