using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>Walks a convolution over its pixels and panels in tiles.</summary>
internal sealed unsafe class ConvolutionRunner
{
    // Weights of this many floats stay in the second-level cache while all pixels pass by.
    private const int ChunkFloats = 64 * 1024;

    private readonly ConvolutionGeometry _geometry;
    private readonly ConvolutionTiles _pairs;
    private readonly ConvolutionTiles _singles;
    private readonly RowFunction? _finish;

    private ConvolutionRunner(ConvolutionGeometry geometry, ConvolutionTiles pairs, ConvolutionTiles singles, RowFunction? finish)
    {
        _geometry = geometry;
        _pairs = pairs;
        _singles = singles;
        _finish = finish;
    }

    /// <param name="finish">Applied to what the epilogue leaves, tile by tile; null: nothing is.</param>
    public static ConvolutionRunner Create<TEpilogue>(KernelTier tier, ConvolutionGeometry geometry, RowFunction? finish = null)
        where TEpilogue : struct, IEpilogue => new(
            geometry,
            ConvolutionTiles.Select<TEpilogue>(tier, paired: true, geometry.InputPixelStride),
            ConvolutionTiles.Select<TEpilogue>(tier, paired: false, geometry.InputPixelStride),
            finish);

    /// <summary>The pixels of the widest tile: parts that begin at a multiple of it need no more tiles than the whole.</summary>
    public int TilePixels => _pairs.Cut.Widest;

    /// <summary>The most panels of a tile.</summary>
    public int TilePanels => _pairs.MostPanels;

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
        while (left > 0)
        {
            var width = _pairs.Cut.Next(left);
            var step = _pairs.Panels(width);
            for (var panel = 0; panel < panels; panel += step)
            {
                var tiles = panel + step <= panels ? _pairs : _singles;
                tiles.Run(width, in call, input, weights + (panel * call.PanelStride), bias + (panel * 16), output + (panel * call.OutputBlockStride));
            }

            for (var panel = 0; _finish is not null && panel < panels; panel++)
            {
                _finish.Apply(output + (panel * call.OutputBlockStride), width * 16);
            }

            left -= width;
            input += width * _geometry.InputPixelStride;
            output += width * 16;
        }
    }
}
