using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Works out the strides of convolutions over the layouts they read and write.</summary>
internal static class ConvolutionSizing
{
    private const int Block = Layout.BlockSize;

    /// <summary>A convolution of a blocked value.</summary>
    public static ConvolutionSizes OfBlocks(PlanValue input, PlanValue output, PictureWindow window, ValueRange range)
    {
        var taps = Taps(window, input.Layout.RowStride, Block);
        var panels = output.Blocks;
        var call = new ConvolutionCall
        {
            Taps = taps.Length,
            PixelStride = window.Strides.Width * Block,
            Channels = input.Shape[3],
            BlockChannels = Block,
            InputBlockStride = (nint)input.Layout.BlockStride,
            PanelStride = (nint)taps.Length * input.Shape[3] * Block,
            OutputBlockStride = (nint)output.Layout.BlockStride,
            Low = range.Low,
            High = range.High,
        };
        var isFlat = taps.Length == 1 && window.Strides is { Height: 1, Width: 1 } && input.Layout.Halo == default && output.Layout.Halo == default
            && window.Padding is { Top: 0, Left: 0 };
        var geometry = isFlat
            ? Flat(output.Shape[1], output.Shape[2])
            : new ConvolutionGeometry(
                output.Shape[1], output.Shape[2], (nint)input.Layout.RowStride * window.Strides.Height, window.Strides.Width * Block, (nint)output.Layout.RowStride);
        return new ConvolutionSizes(
            call, geometry, taps, Start(input, window.Padding), output.FirstPixel, output.Shape[0], input.Layout.PictureStride, output.Layout.PictureStride, panels,
            MultiplyAdds(output, (long)taps.Length * input.Shape[3]));
    }

    /// <summary>A depthwise convolution of a blocked value; panels are blocks of channels.</summary>
    public static ConvolutionSizes OfChannels(PlanValue input, PlanValue output, PictureWindow window, ValueRange range)
    {
        var sizes = OfBlocks(input, output, window, range);
        return sizes with
        {
            Geometry = new ConvolutionGeometry(
                output.Shape[1], output.Shape[2], (nint)input.Layout.RowStride * window.Strides.Height, window.Strides.Width * Block, (nint)output.Layout.RowStride),
            MultiplyAdds = MultiplyAdds(output, sizes.TapOffsets.Length),
            TapsOfARow = window.Kernel.Width,
        };
    }

    /// <summary>A convolution of plain rows whose padding is there already: a row of the window is one tap of many channels.</summary>
    public static ConvolutionSizes OfRows(PlanValue input, PlanValue output, PictureWindow window, ValueRange range)
    {
        var channels = input.Shape[3];
        var rowStride = input.Shape[2] * channels;
        var taps = new nint[window.Kernel.Height];
        for (var row = 0; row < taps.Length; row++)
        {
            taps[row] = (nint)row * window.Dilations.Height * rowStride;
        }

        var tapChannels = window.Kernel.Width * channels;
        var call = new ConvolutionCall
        {
            Taps = taps.Length,
            PixelStride = window.Strides.Width * channels,
            Channels = tapChannels,
            BlockChannels = tapChannels,
            PanelStride = (nint)taps.Length * tapChannels * Block,
            OutputBlockStride = (nint)output.Layout.BlockStride,
            Low = range.Low,
            High = range.High,
        };
        var geometry = new ConvolutionGeometry(
            output.Shape[1], output.Shape[2], (nint)rowStride * window.Strides.Height, window.Strides.Width * channels, (nint)output.Layout.RowStride);
        return new ConvolutionSizes(
            call, geometry, taps, 0, output.FirstPixel, output.Shape[0], input.Layout.PictureStride, output.Layout.PictureStride, output.Blocks,
            MultiplyAdds(output, (long)taps.Length * tapChannels));
    }

    /// <summary>A convolution of some channels of plain rows whose padding is there already: each cell of the window is a tap.</summary>
    /// <param name="first">The first channel.</param>
    public static ConvolutionSizes OfChannelsOfRows(PlanValue input, int first, int channels, PlanValue output, PictureWindow window, ValueRange range)
    {
        var pixel = input.Shape[3];
        var taps = Taps(window, input.Layout.RowStride, pixel);
        var call = new ConvolutionCall
        {
            Taps = taps.Length,
            PixelStride = window.Strides.Width * pixel,
            Channels = channels,
            BlockChannels = channels,
            PanelStride = (nint)taps.Length * channels * Block,
            OutputBlockStride = (nint)output.Layout.BlockStride,
            Low = range.Low,
            High = range.High,
        };
        var geometry = new ConvolutionGeometry(
            output.Shape[1], output.Shape[2], (nint)input.Layout.RowStride * window.Strides.Height, window.Strides.Width * pixel, (nint)output.Layout.RowStride);
        return new ConvolutionSizes(
            call, geometry, taps, first, output.FirstPixel, output.Shape[0], input.Layout.PictureStride, output.Layout.PictureStride, output.Blocks,
            MultiplyAdds(output, (long)taps.Length * channels));
    }

    /// <summary>Pixels without halos are one long row.</summary>
    private static ConvolutionGeometry Flat(int height, int width) => new(1, checked(height * width), 0, Block, 0);

    private static nint[] Taps(PictureWindow window, long rowStride, int pixelStride)
    {
        var taps = new nint[window.Kernel.Height * window.Kernel.Width];
        for (var tap = 0; tap < taps.Length; tap++)
        {
            taps[tap] = (nint)(tap / window.Kernel.Width * window.Dilations.Height * rowStride)
                + (tap % window.Kernel.Width * window.Dilations.Width * pixelStride);
        }

        return taps;
    }

    private static long Start(PlanValue input, Padding padding) =>
        ((input.Layout.Halo.Top - padding.Top) * input.Layout.RowStride) + ((input.Layout.Halo.Left - padding.Left) * Block);

    private static long MultiplyAdds(PlanValue output, long each) => output.Shape.ElementCount * each;
}
