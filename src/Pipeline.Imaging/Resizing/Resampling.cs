namespace Pipeline.Imaging.Resizing;

/// <summary>A method with its argument.</summary>
/// <param name="AlignCorners">The first and last pixels of both grids lie on each other; only for TensorFlow 1's methods.</param>
public readonly record struct Resampling(ResizeMethod Method, bool AlignCorners = false);
