using Pipeline.Imaging.Decoding;

namespace Pipeline.Imaging.Tests.Decoding;

public sealed class PngPictureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Encode_AnyChannels_DecodesToTheSamePixels(int channels)
    {
        var picture = new PixelBuffer<byte>(7, 5, channels);
        for (var index = 0; index < picture.Length; index++)
        {
            picture.Values[index] = (byte)(index * 37);
        }

        var file = PngPicture.Encode(picture);

        var decoded = new ImageDecoder(TimeProvider.System).Decode(
            file, DecodeLimits.Default, new DecodeOptions { Color = PixelColor.Rgba }, TestContext.Current.CancellationToken);
        Assert.Equal((7, 5), (decoded.Width, decoded.Height));
        for (var pixel = 0; pixel < 35; pixel++)
        {
            var source = picture.Values.Slice(pixel * channels, channels).ToArray();
            byte[] expected = channels switch { 1 => [source[0], source[0], source[0], 255], 3 => [.. source, 255], _ => source };
            Assert.Equal(expected, decoded.Values.Slice(pixel * 4, 4).ToArray());
        }
    }
}
