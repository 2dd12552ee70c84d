using Google.Protobuf;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Writes <c>saved_model.pb</c> of one meta graph; unless told, with tag <c>serve</c> and signature <c>serving_default</c>.</summary>
internal sealed class ModelBuilder
{
    private readonly MetaGraphDef _meta = new() { MetaInfoDef = new MetaGraphDef.Types.MetaInfoDef() };
    private readonly WireWriter _graph = new();
    private readonly WireWriter _library = new();
    private string[] _tags = ["serve"];

    public ModelBuilder Tags(params string[] tags)
    {
        _tags = tags;
        return this;
    }

    public ModelBuilder Add(params ReadOnlySpan<NodeDef> nodes)
    {
        foreach (var node in nodes)
        {
            _graph.Message(1, node);
        }

        return this;
    }

    /// <summary>Adds a node as bytes.</summary>
    public ModelBuilder AddRaw(byte[] node)
    {
        _graph.Bytes(1, node);
        return this;
    }

    /// <param name="inputs">Names of arguments.</param>
    /// <param name="results">Names of results and what they return.</param>
    public ModelBuilder AddFunction(string name, string[] inputs, (string Name, string Value)[] results, params ReadOnlySpan<NodeDef> nodes)
    {
        var signature = new OpDef { Name = name };
        signature.InputArg.AddRange(inputs.Select(input => new OpDef.Types.ArgDef { Name = input, Type = (int)TensorFlowType.Float }));
        signature.OutputArg.AddRange(results.Select(result => new OpDef.Types.ArgDef { Name = result.Name, Type = (int)TensorFlowType.Float }));
        var definition = new FunctionDef { Signature = signature };
        foreach (var (result, value) in results)
        {
            definition.Ret[result] = value;
        }

        return AddFunction(definition, nodes);
    }

    public ModelBuilder AddFunction(FunctionDef definition, params ReadOnlySpan<NodeDef> nodes)
    {
        var function = new WireWriter().Raw(definition.ToByteArray());
        foreach (var node in nodes)
        {
            function.Message(3, node);
        }

        _library.Message(1, function);
        return this;
    }

    /// <summary>Adds something that is no function where a function should be.</summary>
    public ModelBuilder AddRawFunction(string name, byte[] rest)
    {
        _library.Message(1, new WireWriter().Message(1, new OpDef { Name = name }).Raw(rest));
        return this;
    }

    public ModelBuilder Signature(string name, (string Name, string Tensor)[] inputs, (string Name, string Tensor)[] outputs) =>
        Signature(name, inputs, outputs, TensorFlowType.Float);

    public ModelBuilder Signature(string name, (string Name, string Tensor)[] inputs, (string Name, string Tensor)[] outputs, TensorFlowType outputType)
    {
        var signature = new SignatureDef { MethodName = "tensorflow/serving/predict" };
        foreach (var (input, tensor) in inputs)
        {
            signature.Inputs[input] = Info(tensor, TensorFlowType.Float);
        }

        foreach (var (output, tensor) in outputs)
        {
            signature.Outputs[output] = Info(tensor, outputType);
        }

        _meta.SignatureDef[name] = signature;
        return this;
    }

    /// <summary>A signature of one input and one output whose shapes are known; -1 is any size.</summary>
    public ModelBuilder Signature(
        string name, (string Name, string Tensor, TensorFlowType Type, long[] Shape) input, params ReadOnlySpan<(string Name, string Tensor, long[] Shape)> outputs)
    {
        var signature = new SignatureDef { MethodName = "tensorflow/serving/predict" };
        signature.Inputs[input.Name] = new TensorInfo { Name = input.Tensor, Dtype = (int)input.Type, TensorShape = Nodes.Shape(input.Shape) };
        foreach (var output in outputs)
        {
            signature.Outputs[output.Name] = new TensorInfo { Name = output.Tensor, Dtype = (int)TensorFlowType.Float, TensorShape = Nodes.Shape(output.Shape) };
        }

        _meta.SignatureDef[name] = signature;
        return this;
    }

    /// <summary>A signature <c>serving_default</c> of input <c>x</c> and output <c>y</c>.</summary>
    public ModelBuilder Serving(string input, string output) => Signature("serving_default", [("x", input)], [("y", output)]);

    public ModelBuilder Saver(string restoreOperator)
    {
        _meta.SaverDef = new SaverDef { FilenameTensorName = "prefix:0", RestoreOpName = restoreOperator };
        return this;
    }

    /// <summary>The meta graph as field of a SavedModel.</summary>
    public byte[] ToMetaGraph()
    {
        _meta.MetaInfoDef.Tags.Clear();
        _meta.MetaInfoDef.Tags.AddRange(_tags);
        var graph = new WireWriter().Raw(_graph.ToArray()).Message(2, _library);
        return new WireWriter().Raw(_meta.ToByteArray()).Message(2, graph).ToArray();
    }

    public byte[] ToSavedModel(params ReadOnlySpan<ModelBuilder> others)
    {
        var file = new WireWriter().Raw([0x08, 0x01]).Bytes(2, ToMetaGraph());
        foreach (var other in others)
        {
            file.Bytes(2, other.ToMetaGraph());
        }

        return file.ToArray();
    }

    private static TensorInfo Info(string tensor, TensorFlowType type) =>
        new() { Name = tensor, Dtype = (int)type, TensorShape = new TensorShapeProto { UnknownRank = true } };

    /// <summary>Writes the model and reads it back.</summary>
    public SavedModelGraph Read(TemporaryFolder folder, SavedModelReadOptions? options = null)
    {
        folder.Write("saved_model.pb", ToSavedModel());
        return SavedModelReader.Read(folder.Path, options);
    }
}
