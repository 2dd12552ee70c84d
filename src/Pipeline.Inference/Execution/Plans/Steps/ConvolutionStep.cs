using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A convolution (or product) of a blocked or row-wise value into a blocked one.</summary>
internal sealed unsafe class ConvolutionStep : PlanStep
{
    private readonly ConvolutionSizes _sizes;
    private readonly PackedWeights _weights;
    private readonly PackedWeights _bias;
    private readonly nint[] _tapOffsets;
    private readonly ConvolutionRunner _runner;
    private readonly PlanValue? _residual;
    private readonly bool _dividesPanels;
    private readonly int _unitPixels;

    public ConvolutionStep(string name, ConvolutionSizes sizes, PackedWeights weights, PackedWeights bias, PlanValue input, PlanValue output, PlanValue? residual)
        : base(name, residual is null ? [input] : [input, residual], [output])
    {
        _sizes = sizes;
        _weights = weights;
        _bias = bias;
        _residual = residual;
        _tapOffsets = sizes.TapOffsets;
        _runner = sizes.IsHardSwish
            ? ConvolutionRunner.Create<HardSwishEpilogue>(KernelTiers.Live, sizes.Geometry)
            : ConvolutionRunner.Create<ClampEpilogue>(
                KernelTiers.Live, sizes.Geometry, sizes.Function is { } function ? RowFunction.Create(KernelTiers.Live, function) : null);
        _unitPixels = UnitPixels();
        _dividesPanels = DividesPanels();
    }

    public override long MultiplyAdds => _sizes.MultiplyAdds;

    public override int Units => _dividesPanels ? PanelUnits : PixelUnits;

    public override long Nanoseconds =>
        StepCost.Nanoseconds(MultiplyAdds, Inputs.Concat(Outputs).Sum(value => value.Length) + _weights.Span.Length);

    private int PanelUnits => (_sizes.Panels + _runner.TilePanels - 1) / _runner.TilePanels;

    private int PixelUnits => _sizes.Pictures * _sizes.Geometry.Rows * UnitsOfARow;

    private int UnitsOfARow => (_sizes.Geometry.Width + _unitPixels - 1) / _unitPixels;

    /// <summary>Rows are cut, between tiles, where there is one only, or where they are long.</summary>
    private int UnitPixels()
    {
        const long LongestUnit = 250_000;
        var (rows, width, tile) = (_sizes.Geometry.Rows, _sizes.Geometry.Width, _runner.TilePixels);
        var tiles = (width + tile - 1) / tile;
        var cuts = rows == 1 ? tiles : Math.Min(tiles, 1 + (Nanoseconds / rows / _sizes.Pictures / LongestUnit));
        return cuts > 1 ? (int)((tiles + cuts - 1) / cuts) * tile : width;
    }

    /// <summary>Each share reads the whole of what is not divided, so the larger is: the weights or the picture. Few units make shares of unlike size.</summary>
    private bool DividesPanels()
    {
        const int Many = 8;
        return _weights.Span.Length > Inputs[0].Length
            ? PanelUnits >= Math.Min(Many, PixelUnits)
            : PixelUnits < Math.Min(Many, PanelUnits);
    }

    public override void Run(in PlanRun run, int share, int shares)
    {
        var input = run.Pointer(Inputs[0]) + _sizes.InputStart;
        var output = run.Pointer(Outputs[0]) + _sizes.OutputStart;
        fixed (nint* taps = _tapOffsets)
        {
            var call = _sizes.Call;
            call.TapOffsets = taps;
            call.HasResidual = _residual is not null;
            call.ResidualOffset = _residual is null ? 0 : (nint)(run.Pointer(_residual) + _sizes.OutputStart - output);
            var (first, count) = Split(Units, share, shares);
            if (_dividesPanels)
            {
                RunPanels(in call, input, output, first, count);
            }
            else
            {
                RunPixels(in call, input, output, first, count);
            }
        }
    }

    private void RunPanels(ref readonly ConvolutionCall call, float* input, float* output, int first, int count)
    {
        var panel = first * _runner.TilePanels;
        var panels = Math.Min(count * _runner.TilePanels, _sizes.Panels - panel);
        for (var picture = 0; picture < _sizes.Pictures; picture++)
        {
            RunPart(in call, input, output, picture, new ConvolutionPart(0, _sizes.Geometry.Rows, 0, _sizes.Geometry.Width, panel, panels));
        }
    }

    /// <summary>Units are pieces of rows: rows that are whole in a share are done together.</summary>
    private void RunPixels(ref readonly ConvolutionCall call, float* input, float* output, int first, int count)
    {
        var (rows, width, ofARow) = (_sizes.Geometry.Rows, _sizes.Geometry.Width, UnitsOfARow);
        while (count > 0)
        {
            var (row, unit) = (first / ofARow % rows, first % ofARow);
            var wholeRows = unit == 0 ? Math.Min(count / ofARow, rows - row) : 0;
            var units = wholeRows > 0 ? wholeRows * ofARow : Math.Min(count, ofARow - unit);
            var pixel = unit * _unitPixels;
            var part = wholeRows > 0
                ? new ConvolutionPart(row, wholeRows, 0, width, 0, _sizes.Panels)
                : new ConvolutionPart(row, 1, pixel, Math.Min(units * _unitPixels, width - pixel), 0, _sizes.Panels);
            RunPart(in call, input, output, first / ofARow / rows, in part);
            first += units;
            count -= units;
        }
    }

    private void RunPart(ref readonly ConvolutionCall call, float* input, float* output, int picture, in ConvolutionPart part) => _runner.Run(
        in call, input + (picture * _sizes.InputPictureStride), _weights.Pointer, _bias.Pointer, output + (picture * _sizes.OutputPictureStride), in part);
}
