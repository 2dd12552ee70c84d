using System.Text;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Constants;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>
/// Which checkpoint key each variable is restored from, found by following the saver's restore operator back to every assignment: the names of
/// variables and keys have nothing in common.
/// </summary>
internal sealed class RestorePlan
{
    private readonly MessageFile _file;
    private readonly Dictionary<FlatNode, string[]> _strings = [];
    private readonly Dictionary<string, List<RestoredTensor>> _tensors = new(StringComparer.Ordinal);

    private RestorePlan(MessageFile file)
    {
        _file = file;
    }

    /// <summary>False where the meta graph has no saver: then variables are stored under their own names.</summary>
    public bool HasSaver { get; private init; }

    /// <exception cref="InvalidModelException">The restore operator or what it leads to is broken.</exception>
    public static RestorePlan Read(GraphLibrary library, SaverDef? saver, FlatteningLimits limits)
    {
        ArgumentNullException.ThrowIfNull(library);
        if (saver is null || saver.RestoreOpName.Length == 0)
        {
            return new RestorePlan(library.Top.File);
        }

        var plan = new RestorePlan(library.Top.File) { HasSaver = true };
        foreach (var node in GraphFlattener.FlattenTarget(library, saver.RestoreOpName, limits).Nodes)
        {
            if (node.Op is "AssignVariableOp" or "Assign" && node.Inputs.Count == 2)
            {
                plan.Add(node);
            }
        }

        return plan;
    }

    /// <summary>What a variable is restored from: nothing where the graph does not restore it, several where a model stores one variable twice.</summary>
    public IReadOnlyList<RestoredTensor> Find(FlatNode variable) =>
        HasSaver
            ? _tensors.TryGetValue(VariableKey.Of(variable), out var tensors) ? tensors : []
            : [new RestoredTensor(VariableKey.NameOf(variable), string.Empty)];

    private void Add(FlatNode assignment)
    {
        var variable = HandleTracing.SkipIdentities(assignment.Inputs[0]).Node;
        var value = HandleTracing.SkipIdentities(assignment.Inputs[1]);
        if (!VariableKey.IsVariable(variable.Op) || value.Node.Op != "RestoreV2" || value.Node.Inputs.Count != 3)
        {
            return;
        }

        var keys = ReadStrings(value.Node, 1);
        var slices = ReadStrings(value.Node, 2);
        if (value.Index >= keys.Length || slices.Length != keys.Length)
        {
            throw new InvalidModelException(
                _file.Path, $"node '{value.Node.Name}' (RestoreV2)", $"key and slice number {value.Index}", $"{keys.Length} keys and {slices.Length} slices");
        }

        var key = VariableKey.Of(variable);
        if (!_tensors.TryGetValue(key, out var tensors))
        {
            _tensors.Add(key, tensors = []);
        }

        tensors.Add(new RestoredTensor(keys[value.Index], slices[value.Index]));
    }

    private string[] ReadStrings(FlatNode restore, int input)
    {
        var source = HandleTracing.SkipIdentities(restore.Inputs[input]).Node;
        if (_strings.TryGetValue(source, out var known))
        {
            return known;
        }

        if (source.Op != "Const"
            || source.FindAttribute("value") is not { ValueCase: AttrValue.ValueOneofCase.Tensor } value
            || TensorProtoReader.Read(value.Tensor, source.Source!.ValueContent, _file, source.Name).Load() is not StringTensor tensor)
        {
            throw new InvalidModelException(_file.Path, $"node '{restore.Name}' (RestoreV2)", $"constant strings as input {input}", source.ToString());
        }

        var elements = tensor.Elements;
        var strings = new string[elements.Length];
        for (var index = 0; index < strings.Length; index++)
        {
            strings[index] = Encoding.UTF8.GetString(elements[index].Span);
        }

        _strings.Add(source, strings);
        return strings;
    }
}
