namespace Pipeline.Imaging.Resizing;

internal sealed partial class TensorFlowTaps
{
    /// <summary>
    /// ResizeArea: the mean over the source area that a pixel covers, pixels at its edges counted by their covered share. Rounding may let the
    /// last ones pass the picture's edge: they repeat it.
    /// </summary>
    public static TensorFlowTaps Area(TensorFlowAxis axis)
    {
        var taps = new TensorFlowTaps(axis.Count, checked((int)MathF.Ceiling(axis.Scale) + 2));
        var factor = 1f / axis.Scale;
        for (var index = 0; index < axis.Count; index++)
        {
            var (from, to) = (axis.Edge(index), axis.Edge(index + 1));
            var end = (int)MathF.Ceiling(to);
            for (var pixel = (int)MathF.Floor(from); pixel < end; pixel++)
            {
                var covered = (pixel < from, pixel + 1 > to) switch
                {
                    (true, true) => axis.Scale,
                    (true, false) => pixel + 1 - from,
                    (false, true) => to - pixel,
                    _ => 1,
                };
                taps.Add(index, pixel, axis.Size, covered * factor);
            }
        }

        return taps;
    }
}
