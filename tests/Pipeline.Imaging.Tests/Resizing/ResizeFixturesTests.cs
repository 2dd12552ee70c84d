using Pipeline.Fixtures.Kinds;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Resizing;

/// <summary>Every resize of the fixtures, as TensorFlow, Keras, Pillow and torchvision gave it.</summary>
public sealed class ResizeFixturesTests
{
    [Fact]
    public void AllMethods_AreEqual() =>
        FixtureRuns.Check(
            "fixtures/resize",
            new ResizeKind(),
            _ => true,
            300,
            "cv2.resize",
            "PIL.Image.draft",
            "PIL.Image.reduce",
            "PIL.Image.thumbnail",
            "reducing_gap",
            "mode F",
            "mode LA",
            "bleed and centering",
            "color_mode grayscale");
}
