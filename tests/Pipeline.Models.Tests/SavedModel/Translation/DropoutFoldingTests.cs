using Google.Protobuf;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;
using static Pipeline.Models.Tests.SavedModel.Support.Nodes;

namespace Pipeline.Models.Tests.SavedModel.Translation;

public sealed class DropoutFoldingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_KeepProbabilityOfOne_DropsNothing() => Assert.Equal([3, 4], Dropout(1).Read(_folder).Graph.Run(3, 4));

    [Fact]
    public void Apply_KeepProbabilityFedByTheCaller_IsNotFolded()
    {
        var model = Dropout(1).Signature("serving_default", [("x", "in:0"), ("keep", "keep:0")], [("y", "out:0")]);

        Assert.Throws<UnsupportedModelException>(() => model.Read(_folder));
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(1.001f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Apply_OtherKeepProbability_IsUnsupportedByItsOperator(float keep)
    {
        var error = Assert.Throws<UnsupportedModelException>(() => Dropout(keep).Read(_folder));

        Assert.Equal("RandomUniform", Assert.Single(error.Nodes).Operator);
    }

    /// <summary>in / keep · floor(keep + (random · (1 − 0) + 0))</summary>
    private static ModelBuilder Dropout(float keep) =>
        new ModelBuilder()
            .Add(
                Placeholder("in"),
                Scalar("probability", keep),
                Node("keep", "PlaceholderWithDefault", "probability"),
                Scalar("low", 0),
                Scalar("high", 1),
                Node("shape", "Shape", "in"),
                Node("random", "RandomUniform", "shape").With("dtype", Type(TensorFlowType.Float)).With("seed", new AttrValue { I = 3 }),
                Node("range", "Sub", "high", "low"))
            .Add(
                Node("scaled", "Mul", "random", "range"),
                Node("uniform", "AddV2", "scaled", "low"),
                Node("sum", "AddV2", "keep", "uniform"),
                Node("mask", "Floor", "sum"),
                Node("quotient", "RealDiv", "in", "keep"),
                Node("out", "Mul", "quotient", "mask"))
            .Serving("in:0", "out:0");

    private static NodeDef Scalar(string name, float value)
    {
        var content = ByteString.CopyFrom(BitConverter.GetBytes(value));
        return Const(name, new TensorProto { Dtype = (int)TensorFlowType.Float, TensorShape = Shape(), TensorContent = content });
    }
}
