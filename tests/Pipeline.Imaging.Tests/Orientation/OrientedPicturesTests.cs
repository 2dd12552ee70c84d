using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Orientation;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Orientation;

/// <summary>Sets of one picture stored in all orientations: upright they look alike.</summary>
public sealed class OrientedPicturesTests
{
    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    /// <summary>The pictures carry their number, so they are not equal; but turned any other way they are further from the first.</summary>
    [Theory]
    [InlineData("lovell+sharp/Landscape_{0}.jpg", 1, 600, 450)]
    [InlineData("lovell+sharp/Portrait_{0}.jpg", 1, 450, 600)]
    [InlineData("python-pillow+Pillow/hopper_orientation_{0}.jpg", 2, 128, 128)]
    [InlineData("python-pillow+Pillow/hopper_orientation_{0}.webp", 2, 128, 128)]
    public void Decode_OnePictureInAllOrientations_LooksAlike(string pattern, int first, int width, int height)
    {
        var reference = Decode(pattern, first, isTurned: true);
        for (var orientation = first; orientation <= 8; orientation++)
        {
            var upright = Decode(pattern, orientation, isTurned: true);
            var stored = Decode(pattern, orientation, isTurned: false);

            Assert.Equal((width, height), (upright.Width, upright.Height));
            var nearest = Enumerable.Range(1, 8).MinBy(turn => MeanDifference(reference, PictureTurner.Turn(stored, turn)));
            Assert.Equal(orientation, nearest);
            Assert.Equal(PictureTurner.Turn(stored, orientation).Values.ToArray(), upright.Values.ToArray());
        }
    }

    private static double MeanDifference(PixelBuffer<byte> one, PixelBuffer<byte> other)
    {
        if ((one.Width, one.Height) != (other.Width, other.Height))
        {
            return double.MaxValue;
        }

        var sum = 0L;
        for (var index = 0; index < one.Length; index++)
        {
            sum += Math.Abs(one.Values[index] - other.Values[index]);
        }

        return (double)sum / one.Length;
    }

    private PixelBuffer<byte> Decode(string pattern, int orientation, bool isTurned)
    {
        var path = SharedData.Find("corpus/" + pattern.Replace("{0}", $"{orientation}", StringComparison.Ordinal));
        return _decoder.Decode(File.ReadAllBytes(path), DecodeLimits.Default, new DecodeOptions { ApplyOrientation = isTurned }, TestContext.Current.CancellationToken);
    }
}
