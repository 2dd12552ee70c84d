using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that read and assign variables.</summary>
internal static class VariableTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["ReadVariableOp"] = Read,
        ["ResourceGather"] = Gather,
        ["VariableShape"] = Shape,
        ["AssignVariableOp"] = Assign(AssignMode.Assign),
        ["AssignAddVariableOp"] = Assign(AssignMode.Add),
        ["AssignSubVariableOp"] = Assign(AssignMode.Subtract),
        ["Assign"] = Assign(AssignMode.Assign),
        ["AssignAdd"] = Assign(AssignMode.Add),
        ["AssignSub"] = Assign(AssignMode.Subtract),
    };

    private static IReadOnlyList<Value> Read(NodeTranslation node)
    {
        node.ExpectInputs(1);
        var value = node.Variables.Read(node.Variable(0), node.Name);
        node.Attributes.ExpectType("dtype", value.DataType);
        return [value];
    }

    private static IReadOnlyList<Value> Gather(NodeTranslation node)
    {
        node.ExpectInputs(2);
        var value = node.Variables.Read(node.Variable(0), $"{node.Name}/read");
        node.Attributes.ExpectType("dtype", value.DataType);
        node.Attributes.ExpectType("Tindices", node.Input(1).DataType);
        node.Attributes.Ignore("validate_indices");
        var batch = node.Attributes.Int32("batch_dims", 0);
        return [node.Add(new Gather(batch), value, node.Input(1), node.Scalar(batch))];
    }

    private static IReadOnlyList<Value> Shape(NodeTranslation node)
    {
        node.ExpectInputs(1);
        var value = node.Variables.Read(node.Variable(0), $"{node.Name}/read");
        return [node.Add(new ShapeOf(node.Attributes.Type("out_type", DataType.Int32)), value)];
    }

    private static NodeTranslator Assign(AssignMode mode) => node =>
    {
        node.ExpectInputs(2);
        var state = node.Variables.State(node.Variable(0));
        node.Attributes.ExpectType("dtype", node.Input(1).DataType);
        node.Attributes.ExpectType("T", node.Input(1).DataType);
        node.Attributes.Ignore("use_locking", "validate_shape");
        return [node.Add(new AssignVariable(state, mode), node.Input(1))];
    };
}
