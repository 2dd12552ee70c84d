namespace Pipeline.Imaging.Resizing;

/// <summary>TensorFlow's resizing ops. Positions and weights are computed in single precision, as there: results depend on it.</summary>
internal static class TensorFlowResizer
{
    /// <exception cref="ArgumentException">Aligned corners with a method of TensorFlow 2's.</exception>
    public static PixelBuffer Resize<T>(PixelRegion<T> source, ResizeTarget target, Resampling resampling)
        where T : unmanaged
    {
        var grid = Grid(resampling);
        var columns = new TensorFlowAxis(source.Width, target.Width, target.Window.Left, target.Window.Width, grid);
        var rows = new TensorFlowAxis(source.Height, target.Height, target.Window.Top, target.Window.Height, grid);
        return resampling.Method switch
        {
            ResizeMethod.TfNearest or ResizeMethod.Tf1Nearest => TensorFlowNearest.Resize(source, columns, rows),
            ResizeMethod.TfBilinear or ResizeMethod.Tf1Bilinear => TensorFlowBilinear.Resize(source, columns, rows),
            _ => TensorFlowWeighted.Resize(source, Taps(columns, resampling.Method), Taps(rows, resampling.Method)),
        };
    }

    private static TensorFlowTaps Taps(TensorFlowAxis axis, ResizeMethod method) => method switch
    {
        ResizeMethod.TfArea => TensorFlowTaps.Area(axis),
        ResizeMethod.TfBicubic or ResizeMethod.Tf1Bicubic => TensorFlowTaps.Cubic(axis),
        ResizeMethod.TfBilinearAntialias => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Triangle, isAntialiased: true),
        ResizeMethod.TfBicubicAntialias => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Cubic, isAntialiased: true),
        ResizeMethod.TfLanczos3 => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Lanczos3, isAntialiased: false),
        ResizeMethod.TfLanczos3Antialias => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Lanczos3, isAntialiased: true),
        ResizeMethod.TfLanczos5 => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Lanczos5, isAntialiased: false),
        ResizeMethod.TfLanczos5Antialias => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Lanczos5, isAntialiased: true),
        ResizeMethod.TfGaussian => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Gaussian, isAntialiased: false),
        ResizeMethod.TfGaussianAntialias => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Gaussian, isAntialiased: true),
        ResizeMethod.TfMitchell => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Mitchell, isAntialiased: false),
        ResizeMethod.TfMitchellAntialias => TensorFlowTaps.Kernel(axis, TensorFlowKernel.Mitchell, isAntialiased: true),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not one of TensorFlow's weighted methods."),
    };

    private static TensorFlowGrid Grid(Resampling resampling)
    {
        var isOld = resampling.Method is ResizeMethod.Tf1Bilinear or ResizeMethod.Tf1Nearest or ResizeMethod.Tf1Bicubic;
        if (!isOld && resampling is { AlignCorners: true, Method: not ResizeMethod.TfArea })
        {
            throw new ArgumentException($"{resampling.Method} does not align corners.", nameof(resampling));
        }

        return resampling.AlignCorners ? TensorFlowGrid.AlignedCorners : isOld ? TensorFlowGrid.TopLeft : TensorFlowGrid.HalfPixel;
    }
}
