namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>Walks a convolution over its pixels and panels in tiles.</summary>
internal sealed unsafe class ConvolutionRunner
{
    // Weights of this many floats stay in the second-level cache while all pixels pass by.
    private const int ChunkFloats = 64 * 1024;

    private readonly ConvolutionGeometry _geometry;
    private readonly ConvolutionTiles _pairs;
    private readonly ConvolutionTiles _singles;

    private ConvolutionRunner(ConvolutionGeometry geometry, ConvolutionTiles pairs, ConvolutionTiles singles)
    {
        _geometry = geometry;
        _pairs = pairs;
        _singles = singles;
    }

    public static ConvolutionRunner Create<TEpilogue>(KernelTier tier, ConvolutionGeometry geometry)
        where TEpilogue : struct, IEpilogue => new(
            geometry,
            ConvolutionTiles.Select<TEpilogue>(tier, 2, geometry.InputPixelStride),
            ConvolutionTiles.Select<TEpilogue>(tier, 1, geometry.InputPixelStride));

    /// <summary>The pixels of the widest tile: parts that begin at a multiple of it need no more tiles than the whole.</summary>
    public int TilePixels => _pairs.Widths.Span[0];

    /// <summary>The panels of a tile.</summary>
    public int TilePanels => _pairs.Panels;

    /// <summary>Computes some of the outputs of a picture. Which part computes one does not change its bits.</summary>
    /// <param name="input">First tap of the first output pixel of the picture.</param>
    /// <param name="weights">Of the first panel of the picture.</param>
    /// <param name="output">First output pixel of the picture.</param>
    public void Run(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output, in ConvolutionPart part)
    {
        input += part.FirstPixel * _geometry.InputPixelStride;
        output += part.FirstPixel * 16;
        var chunk = Math.Max(2, (int)Math.Min(part.Panels, ChunkFloats / call.PanelStride) & ~1);
        var end = part.FirstPanel + part.Panels;
        for (var panel = part.FirstPanel; panel < end; panel += chunk)
        {
            var panels = Math.Min(chunk, end - panel);
            for (var row = part.FirstRow; row < part.FirstRow + part.Rows; row++)
            {
                RunRow(
                    in call, part.Pixels, input + (row * _geometry.InputRowStride), weights + (panel * call.PanelStride), bias + (panel * 16),
                    output + (row * _geometry.OutputRowStride) + (panel * call.OutputBlockStride), panels);
            }
        }
    }

    private void RunRow(ref readonly ConvolutionCall call, int left, float* input, float* weights, float* bias, float* output, int panels)
    {
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
