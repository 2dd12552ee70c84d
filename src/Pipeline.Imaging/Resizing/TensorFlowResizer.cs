namespace Pipeline.Imaging.Resizing;

/// <summary>TensorFlow's resizing ops. Positions and weights are computed in single precision, as there: results depend on it.</summary>
internal static class TensorFlowResizer
{
    /// <exception cref="ArgumentException">Aligned corners with a method that has none.</exception>
    public static PixelBuffer Resize<T>(PixelRegion<T> source, ResizeTarget target, Resampling resampling)
        where T : unmanaged
    {
        var grid = Grid(resampling);
        var columns = new TensorFlowAxis(source.Width, target.Width, target.Window.Left, target.Window.Width, grid);
        var rows = new TensorFlowAxis(source.Height, target.Height, target.Window.Top, target.Window.Height, grid);
        return resampling.Method switch
        {
            ResizeMethod.TfBilinear or ResizeMethod.Tf1Bilinear => TensorFlowBilinear.Resize(source, columns, rows),
            ResizeMethod.TfNearest or ResizeMethod.Tf1Nearest => TensorFlowNearest.Resize(source, columns, rows),
            _ => TensorFlowArea.Resize(source, columns, rows),
        };
    }

    private static TensorFlowGrid Grid(Resampling resampling) => resampling switch
    {
        { Method: ResizeMethod.TfBilinear or ResizeMethod.TfNearest, AlignCorners: false } => TensorFlowGrid.HalfPixel,
        { Method: ResizeMethod.TfBilinear or ResizeMethod.TfNearest } => throw new ArgumentException($"{resampling.Method} does not align corners.", nameof(resampling)),
        { AlignCorners: true } => TensorFlowGrid.AlignedCorners,
        _ => TensorFlowGrid.TopLeft,
    };
}
