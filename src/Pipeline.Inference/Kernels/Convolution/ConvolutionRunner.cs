namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>Walks a convolution over its pixels and panels in tiles.</summary>
internal sealed unsafe class ConvolutionRunner
{
    // Weights of this many floats stay in the second-level cache while all pixels pass by.
    private const int ChunkFloats = 64 * 1024;

    private readonly ConvolutionGeometry _geometry;
    private readonly ConvolutionTiles _pairs;
    private readonly ConvolutionTiles _singles;
    private readonly int _panels;

    private ConvolutionRunner(ConvolutionGeometry geometry, int panels, ConvolutionTiles pairs, ConvolutionTiles singles)
    {
        _geometry = geometry;
        _panels = panels;
        _pairs = pairs;
        _singles = singles;
    }

    /// <param name="panels">Panels of 16 outputs, at least 1.</param>
    public static ConvolutionRunner Create<TEpilogue>(KernelTier tier, ConvolutionGeometry geometry, int panels)
        where TEpilogue : struct, IEpilogue
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(panels, 1);
        return new ConvolutionRunner(
            geometry,
            panels,
            ConvolutionTiles.Select<TEpilogue>(tier, 2, geometry.InputPixelStride),
            ConvolutionTiles.Select<TEpilogue>(tier, 1, geometry.InputPixelStride));
    }

    /// <summary>Computes some rows.</summary>
    /// <param name="input">First tap of the first output pixel of the picture.</param>
    /// <param name="output">First output pixel of the picture.</param>
    /// <param name="firstRow">The first row to compute.</param>
    /// <param name="rows">How many rows.</param>
    public void Run(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output, int firstRow, int rows)
    {
        var chunk = Math.Max(2, (int)Math.Min(_panels, ChunkFloats / call.PanelStride) & ~1);
        for (var panel = 0; panel < _panels; panel += chunk)
        {
            var panels = Math.Min(chunk, _panels - panel);
            for (var row = firstRow; row < firstRow + rows; row++)
            {
                RunRow(
                    in call, input + (row * _geometry.InputRowStride), weights + (panel * call.PanelStride), bias + (panel * 16),
                    output + (row * _geometry.OutputRowStride) + (panel * call.OutputBlockStride), panels);
            }
        }
    }

    private void RunRow(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output, int panels)
    {
        var left = _geometry.Width;
        foreach (var width in _pairs.Widths.Span)
        {
            for (; left >= width; left -= width)
            {
                var panel = 0;
                for (; panel + _pairs.Panels <= panels; panel += _pairs.Panels)
                {
                    _pairs.Run(width, in call, input, weights + (panel * call.PanelStride), bias + (panel * 16), output + (panel * call.OutputBlockStride));
                }

                if (panel < panels)
                {
                    _singles.Run(width, in call, input, weights + (panel * call.PanelStride), bias + (panel * 16), output + (panel * call.OutputBlockStride));
                }

                input += width * _geometry.InputPixelStride;
                output += width * 16;
            }
        }
    }
}
