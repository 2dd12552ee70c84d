using Pipeline.Imaging;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package;

public sealed class PreprocessorRestoreTests
{
    private static readonly PixelBuffer<byte> Picture = new(2, 1, 3, [0, 2, 3, 101, 254, 255]);

    public static TheoryData<ChannelOrder, TensorLayout, DataType, float, float> Kinds => new()
    {
        { ChannelOrder.Rgb, TensorLayout.Nhwc, DataType.Float32, 127.5f, 127.5f },
        { ChannelOrder.Rgb, TensorLayout.Nchw, DataType.Float32, 123.675f, 58.395f },
        { ChannelOrder.Bgr, TensorLayout.Nhwc, DataType.Float32, 0, 255 },
        { ChannelOrder.Bgr, TensorLayout.Nchw, DataType.Float32, 103.939f, 1 },
        { ChannelOrder.Rgb, TensorLayout.Nhwc, DataType.UInt8, 0, 1 },
        { ChannelOrder.Rgb, TensorLayout.Nhwc, DataType.Int8, 128, 1 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restore_PictureOfBytes_ComesBackExactly(ChannelOrder color, TensorLayout layout, DataType type, float mean, float std)
    {
        var manifest = new InputManifest { Resize = "pil-nearest", Color = color, Layout = layout, Mean = [mean], Std = [std] };
        var shape = layout == TensorLayout.Nhwc ? PartialShape.Of(1, 1, 2, 3) : PartialShape.Of(1, 3, 1, 2);
        var processor = Preprocessor.Create(manifest, new TensorSpec("x", type, shape), "model.json");

        var restored = processor.Restore(processor.Prepare(Picture));

        Assert.Equal((2, 1, 3), (restored.Width, restored.Height, restored.Channels));
        Assert.Equal(Picture.Values.ToArray(), restored.Values.ToArray());
    }

    [Fact]
    public void Restore_ValuesBetweenAndBeyondBytes_AreRoundedAndHeldWithin()
    {
        var processor = Preprocessor.Create(
            new InputManifest { Resize = "pil-nearest", Mean = [0], Std = [1] }, new TensorSpec("x", DataType.Float32, PartialShape.Of(1, 1, 2, 3)), "model.json");
        var tensor = processor.Prepare(Picture);
        float[] values = [-20, 0.5f, 1.49f, 300, float.NaN, float.PositiveInfinity];
        values.CopyTo(tensor.Elements<float>());

        Assert.Equal([0, 1, 1, 255, 0, 255], processor.Restore(tensor).Values.ToArray());
    }

    [Fact]
    public void Restore_TensorOfAnotherModel_IsRefused()
    {
        var processor = Preprocessor.Create(
            new InputManifest { Resize = "pil-nearest", Mean = [0], Std = [1] }, new TensorSpec("x", DataType.Float32, PartialShape.Of(1, 1, 2, 3)), "model.json");

        Assert.Throws<ArgumentException>(() => processor.Restore(Tensor.Uninitialized(DataType.Float32, Shape.Of(1, 2, 2, 3))));
        Assert.Throws<ArgumentException>(() => processor.Restore(Tensor.Uninitialized(DataType.UInt8, Shape.Of(1, 1, 2, 3))));
    }
}
