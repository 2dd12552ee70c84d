using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Tests.ModelFiles;

public sealed class InputShapesTests
{
    private static readonly InputManifest Manifest = new() { Resize = "pil-bicubic", Height = 20, Width = 30 };

    [Fact]
    public void Resolve_NothingTyped_IsOnePictureAsFarAsTheSignatureSays()
    {
        Assert.Equal(["[1, ?, 8, 3]"], Resolve([Input("a", -1, -1, 8, 3)], []));
    }

    [Fact]
    public void Resolve_Manifest_SaysTheSizeThatTheSignatureLeavesOpen()
    {
        Assert.Equal(["[1, 20, 8, 3]"], Resolve([Input("a", -1, -1, 8, -1)], [], Manifest));
        Assert.Equal(["[1, 3, 20, 30]"], Resolve([Input("a", -1, -1, -1, -1)], [], Manifest with { Layout = TensorLayout.Nchw }));
        Assert.Equal(["[1, 20, 30, 3]"], Resolve([new GraphBuilder("test").AddInput("a", DataType.Float32, PartialShape.Unknown)], [], Manifest));
    }

    [Fact]
    public void Resolve_ManifestOfOneOfTwoInputs_SpeaksOfThatOne()
    {
        var inputs = new[] { Input("a", -1, -1, -1, -1), Input("b", -1, -1, -1, -1) };

        Assert.Equal(["[1, ?, ?, ?]", "[1, 20, 30, 3]"], Resolve(inputs, [], Manifest with { Tensor = "b" }));
        Assert.Equal(["[1, ?, ?, ?]", "[1, ?, ?, ?]"], Resolve(inputs, [], Manifest));
    }

    [Fact]
    public void Resolve_Typed_GoesBeforeEverything()
    {
        Assert.Equal(["[4, 5, 6, 3]"], Resolve([Input("a", -1, -1, -1, 3)], ["4, 5,6,3"], Manifest));
        Assert.Equal(["[1, 2]", "[7]"], Resolve([Input("x=y", -1, 2), Input("b", -1)], ["b=7"]));
        Assert.Equal(["[3, 2]", "[]"], Resolve([Input("x=y", -1, 2), Input("b")], ["x=y=3,2", "b="]));
    }

    [Theory]
    [InlineData("1,2")]
    [InlineData("c=1,2")]
    [InlineData("a=1,x")]
    [InlineData("a=1,-2")]
    [InlineData("a=1,3")]
    [InlineData("a=1,2,2")]
    [InlineData("a=2147483647,2")]
    [InlineData("a=99999999999,2")]
    public void Resolve_TypedWrongly_IsRefused(string option)
    {
        var error = Assert.Throws<InvalidShapeOptionException>(() => Resolve([Input("a", -1, 2), Input("b", -1)], [option]));

        Assert.Equal(option, error.Option);
    }

    [Fact]
    public void Resolve_TypedTwice_IsRefused()
    {
        Assert.Throws<InvalidShapeOptionException>(() => Resolve([Input("a", -1)], ["1", "a=1"]));
    }

    private static Value Input(string name, params int[] dimensions) => new GraphBuilder("test").AddInput(name, DataType.Float32, PartialShape.Of(dimensions));

    private static string[] Resolve(IReadOnlyList<Value> inputs, string[] options, InputManifest? manifest = null) =>
        [.. InputShapes.Resolve(inputs, options, manifest).Select(shape => shape.ToString())];
}
