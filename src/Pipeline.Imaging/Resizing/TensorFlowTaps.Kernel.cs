namespace Pipeline.Imaging.Resizing;

internal sealed partial class TensorFlowTaps
{
    /// <summary>ScaleAndTranslate: a kernel around the centre of a pixel, stretched over what it covers where the picture shrinks and antialiasing is on.</summary>
    public static TensorFlowTaps Kernel(TensorFlowAxis axis, TensorFlowKernel kernel, bool isAntialiased)
    {
        // The op is given the scale upwards, in single precision, and inverts it.
        var scale = 1f / axis.InverseScale;
        var stretch = isAntialiased ? MathF.Max(scale, 1f) : 1f;
        var reach = kernel.Radius * stretch;
        var shrink = 1f / stretch;
        var stride = Math.Min(checked((2 * (int)MathF.Ceiling(reach)) + 1), axis.Size);
        var taps = new TensorFlowTaps(axis.Count, stride);
        for (var index = 0; index < axis.Count; index++)
        {
            var center = axis.Center(index) * scale;
            var first = Math.Clamp((int)MathF.Ceiling(center - reach - 0.5f), 0, axis.Size - 1);
            var last = Math.Clamp((int)MathF.Floor(center + reach - 0.5f), first, axis.Size - 1);
            for (var pixel = first; pixel <= last; pixel++)
            {
                taps.Add(index, pixel, axis.Size, kernel.Value(MathF.Abs((pixel + 0.5f - center) * shrink)));
            }

            taps.Normalize(index);
        }

        return taps;
    }
}
