using System.Text;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package.Manifest;

public sealed class ManifestProposalTests
{
    private static readonly TensorSpec Scores = new("dense_1", DataType.Float32, PartialShape.Of(-1, 10));

    public static TheoryData<DataType, int[], int, int, ChannelOrder, TensorLayout> Inputs { get; } = new()
    {
        { DataType.Float32, [-1, 200, 300, 3], 300, 200, ChannelOrder.Rgb, TensorLayout.Nhwc },
        { DataType.Float32, [-1, 28, 28, 1], 28, 28, ChannelOrder.Gray, TensorLayout.Nhwc },
        { DataType.Float32, [1, 3, 96, 64], 64, 96, ChannelOrder.Rgb, TensorLayout.Nchw },
        { DataType.Float32, [-1, -1, -1, 3], 224, 224, ChannelOrder.Rgb, TensorLayout.Nhwc },
        { DataType.Float32, [-1, 28, 32], 32, 28, ChannelOrder.Gray, TensorLayout.Nhwc },
        { DataType.UInt8, [-1, 96, 96, 3], 96, 96, ChannelOrder.Rgb, TensorLayout.Nhwc },
        { DataType.Int8, [-1, 96, 96, 3], 96, 96, ChannelOrder.Rgb, TensorLayout.Nhwc },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void For_AnyInput_GivesTwoManifestsThatFitIt(DataType dataType, int[] shape, int width, int height, ChannelOrder color, TensorLayout layout)
    {
        var input = new TensorSpec("input \"1\"", dataType, PartialShape.Of(shape));

        var proposals = ManifestProposal.For("predict", input, Scores, isActivated: false);

        Assert.Equal(2, proposals.Length);
        Assert.NotEqual(proposals[0].Json, proposals[1].Json);
        foreach (var proposal in proposals)
        {
            var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(proposal.Json), "proposal");
            Assert.Equal(("predict", "input \"1\"", "dense_1", Activation.Softmax), (manifest.Signature, manifest.Input.Tensor, manifest.Output.Tensor, manifest.Output.Activation));
            Assert.Equal((width, height, color, layout), (manifest.Input.Width, manifest.Input.Height, manifest.Input.Color, manifest.Input.Layout));
            Assert.Equal((width, height), (Preprocessor.Create(manifest.Input, input, "proposal").Width, Preprocessor.Create(manifest.Input, input, "proposal").Height));
        }
    }

    [Fact]
    public void For_ActivatedOutput_AddsNoActivation()
    {
        var input = new TensorSpec("x", DataType.Float32, PartialShape.Of(-1, 8, 8, 3));

        Assert.All(
            ManifestProposal.For("predict", input, Scores, isActivated: true),
            proposal => Assert.Equal(Activation.None, ManifestReader.Read(Encoding.UTF8.GetBytes(proposal.Json), "proposal").Output.Activation));
    }
}
