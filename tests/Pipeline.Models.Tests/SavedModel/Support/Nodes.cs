using Google.Protobuf;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Nodes and attributes of graphs that tests write.</summary>
internal static class Nodes
{
    public static NodeDef Node(string name, string op, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeDef { Name = name, Op = op };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        return node;
    }

    public static NodeDef With(this NodeDef node, string attribute, AttrValue value)
    {
        node.Attr[attribute] = value;
        return node;
    }

    public static NodeDef Placeholder(string name, TensorFlowType type = TensorFlowType.Float) => Node(name, "Placeholder").With("dtype", Type(type));

    public static NodeDef Const(string name, TensorProto tensor) =>
        Node(name, "Const").With("dtype", new AttrValue { Type = tensor.Dtype }).With("value", new AttrValue { Tensor = tensor });

    public static NodeDef Const(string name, params ReadOnlySpan<float> values)
    {
        var tensor = new TensorProto { Dtype = (int)TensorFlowType.Float, TensorShape = Shape(values.Length) };
        tensor.FloatVal.AddRange(values.ToArray());
        return Const(name, tensor);
    }

    public static NodeDef Const(string name, params ReadOnlySpan<string> values)
    {
        var tensor = new TensorProto { Dtype = (int)TensorFlowType.String, TensorShape = Shape(values.Length) };
        tensor.StringVal.AddRange(values.ToArray().Select(ByteString.CopyFromUtf8));
        return Const(name, tensor);
    }

    public static NodeDef Call(string name, string function, params ReadOnlySpan<string> inputs) =>
        Node(name, "PartitionedCall", inputs).With("f", new AttrValue { Func = new NameAttrList { Name = function } });

    public static AttrValue Type(TensorFlowType type) => new() { Type = (int)type };

    public static AttrValue Text(string text) => new() { S = ByteString.CopyFromUtf8(text) };

    public static AttrValue Ints(params ReadOnlySpan<long> values)
    {
        var list = new AttrValue.Types.ListValue();
        list.I.AddRange(values.ToArray());
        return new AttrValue { List = list };
    }

    public static TensorShapeProto Shape(params ReadOnlySpan<long> dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = dimension });
        }

        return shape;
    }
}
