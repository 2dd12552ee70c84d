using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.Package.Support;

/// <summary>
/// A model folder whose model takes pictures as <c>image</c> and gives the softmax of each channel's mean as <c>scores</c>, after nodes of the
/// test's own.
/// </summary>
internal sealed class PictureModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelBuilder _builder = new();

    /// <param name="last">The name of the last of <paramref name="nodes"/>, or <c>image</c>.</param>
    /// <param name="nodes">What is done to the placeholder <c>image</c>.</param>
    public PictureModel(long[] shape, string last, params ReadOnlySpan<NodeDef> nodes)
        : this(TensorFlowType.Float, shape, last, nodes)
    {
    }

    public PictureModel(TensorFlowType type, long[] shape, string last, params ReadOnlySpan<NodeDef> nodes)
    {
        Type = type;
        Shape = shape;
        _builder.Add(Nodes.Placeholder("image", type).With("shape", new AttrValue { Shape = Nodes.Shape(shape) }));
        _builder.Add(nodes);
        _builder.Add(
            Nodes.Const("axes", Integers(1, 2)),
            Nodes.Node("mean", "Mean", last, "axes"),
            Nodes.Node("softmax", "Softmax", "mean"));
    }

    public TensorFlowType Type { get; }

    public long[] Shape { get; }

    public string Path => _folder.Path;

    /// <summary>A constant of numbers with a shape.</summary>
    public static NodeDef Numbers(string name, long[] shape, params ReadOnlySpan<float> values)
    {
        var tensor = new TensorProto { Dtype = (int)TensorFlowType.Float, TensorShape = Nodes.Shape(shape) };
        tensor.FloatVal.AddRange(values.ToArray());
        return Nodes.Const(name, tensor);
    }

    public static TensorProto Integers(params ReadOnlySpan<int> values)
    {
        var tensor = new TensorProto { Dtype = (int)TensorFlowType.Int32, TensorShape = Nodes.Shape(values.Length) };
        tensor.IntVal.AddRange(values.ToArray());
        return tensor;
    }

    /// <summary>Adds a signature; the model needs one.</summary>
    public PictureModel WithSignature(string name = "serving_default", string output = "softmax:0", long classes = 3)
    {
        _builder.Signature(name, ("image", "image:0", Type, Shape), ("scores", output, [-1, classes]));
        return this;
    }

    public PictureModel With(Action<ModelBuilder> change)
    {
        change(_builder);
        return this;
    }

    /// <summary>Writes a file beside the model.</summary>
    public PictureModel WithFile(string relative, string text)
    {
        _folder.Write(relative, text);
        return this;
    }

    /// <summary>Writes the model and three labels.</summary>
    public PictureModel Write(string labels = "red\ngreen\nblue\n")
    {
        Directory.CreateDirectory(Path);
        File.WriteAllBytes(System.IO.Path.Combine(Path, "saved_model.pb"), _builder.ToSavedModel());
        if (labels.Length > 0)
        {
            _folder.Write("labels.txt", labels);
        }

        return this;
    }

    public void Dispose() => _folder.Dispose();
}
