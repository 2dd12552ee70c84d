using Pipeline.Imaging.Decoding;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Classification;

/// <summary>Classes what decoding says of a file.</summary>
internal static class ImageFailures
{
    public static FailureCode CodeOf(ImageException error) => error switch
    {
        UnknownImageException => FailureCode.NotAnImage,
        UnsupportedImageException => FailureCode.UnsupportedFormat,
        ImageLimitException { Limit: ImageLimit.Pixels or ImageLimit.Side or ImageLimit.Memory } => FailureCode.TooManyPixels,

        // A slow machine is no property of the picture: the retries are bounded, and the last one leaves a letter.
        ImageLimitException { Limit: ImageLimit.Time } => FailureCode.ClassificationTimedOut,
        ImageLimitException => FailureCode.UnsupportedFormat,
        _ => FailureCode.DamagedImage,
    };
}
