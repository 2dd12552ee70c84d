using System.Collections.Immutable;
using Pipeline.Cli.Verifying;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;

namespace Pipeline.Cli.Tests.Verifying;

public sealed class CandidateTests
{
    private static readonly ImmutableDictionary<string, string> Own = ImmutableDictionary.CreateRange<string, string>(
        [new("$.input.resize", "\"tf1-bilinear\""), new("$.input.alignCorners", "true"), new("$.input.mean", "[127.5, 127.5, 127.5]"), new("$.input.std", "127.5")]);

    public static TheoryData<DataType, ChannelOrder, int[]> Inputs { get; } = new()
    {
        { DataType.Float32, ChannelOrder.Rgb, [-1, 64, 48, 3] },
        { DataType.Float32, ChannelOrder.Bgr, [-1, 224, 224, 3] },
        { DataType.Float32, ChannelOrder.Gray, [-1, 28, 28, 1] },
        { DataType.UInt8, ChannelOrder.Rgb, [-1, 224, 224, 3] },
        { DataType.UInt8, ChannelOrder.Gray, [-1, 28, 28, 1] },
        { DataType.Int8, ChannelOrder.Rgb, [-1, 96, 96, 3] },
        { DataType.Int8, ChannelOrder.Gray, [-1, 96, 96, 1] },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Of_EveryPairOfParts_IsAManifestThatFitsTheInput(DataType type, ChannelOrder color, int[] shape)
    {
        var input = new TensorSpec("x", type, PartialShape.Of(shape));
        var candidates = CandidateParts.Values(type, color)
            .SelectMany(values => CandidateParts.Resizing(shape[2], shape[1]).Select(resizing => Candidate.Of(Own, values, resizing))).ToList();

        Assert.Equal(candidates.Count, candidates.Select(candidate => candidate.Key).Distinct().Count());
        Assert.All(candidates, candidate => Assert.Equal((shape[2], shape[1]), Size(Preprocessor.Create(candidate.Manifest.Input, input, "test"))));
        Assert.All(candidates, candidate => Assert.Equal(color == ChannelOrder.Gray, candidate.Manifest.Input.Color == ChannelOrder.Gray));
    }

    [Fact]
    public void IsOwn_TheSameInOtherWords_IsOwn()
    {
        var values = CandidateParts.Values(DataType.Float32, ChannelOrder.Rgb)[0];
        var none = CandidatePart.Of("none");

        Assert.Equal("-1 to 1, rgb", values.Name);
        Assert.True(Candidate.Of(Own, values, none).IsOwn);
        Assert.False(Candidate.Of(Own, values, CandidateParts.Resizing(8, 8)[0]).IsOwn);
        Assert.False(Candidate.Of(Own, CandidatePart.Of("bgr", ("$.input.color", "\"bgr\"")), none).IsOwn);
    }

    private static (int Width, int Height) Size(Preprocessor preprocessor) => (preprocessor.Width, preprocessor.Height);
}
