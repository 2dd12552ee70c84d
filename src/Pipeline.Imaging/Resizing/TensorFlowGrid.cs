namespace Pipeline.Imaging.Resizing;

/// <summary>How the pixels of the result lie on those of the source.</summary>
internal enum TensorFlowGrid
{
    /// <summary>Centres are at halves: TensorFlow 2.</summary>
    HalfPixel,

    /// <summary>Top left corners lie on each other: TensorFlow 1's default.</summary>
    TopLeft,

    /// <summary>The first and the last pixels lie on each other.</summary>
    AlignedCorners,
}
