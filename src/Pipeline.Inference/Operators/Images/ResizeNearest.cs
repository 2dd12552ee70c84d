using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Resamples pictures NHWC by the nearest pixel: floor(i · scale), round(i · scale) where corners are aligned, floor((i + 0.5) · scale) on
/// half-pixel centres. Inputs: pictures, size (height, width).
/// </summary>
public sealed record ResizeNearest(SamplingGrid Grid) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        return inputs[0] with { Shape = ResizeRule.Infer(inputs) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var pictures = inputs.Value(0);
        var result = context.AllocateMovable(pictures.DataType, shape);
        Elements.Move(new Pixels(pictures.Shape, shape, Grid), pictures, result);
        return result;
    }

    /// <summary>Copies one pixel after another.</summary>
    private readonly struct Pixels : IElementMove
    {
        private readonly Shape _source;
        private readonly Shape _target;
        private readonly SamplingGrid _grid;

        public Pixels(Shape source, Shape target, SamplingGrid grid)
        {
            _source = source;
            _target = target;
            _grid = grid;
        }

        public void Run<T>(ReadOnlySpan<T> source, Span<T> target)
        {
            var rows = NearestPixel.Of(_grid, _source[1], _target[1]);
            var columns = NearestPixel.Of(_grid, _source[2], _target[2]);
            var (channels, to) = (_target[3], 0);
            for (var y = 0; channels > 0 && y < _target[0] * _target[1]; y++)
            {
                var row = ((y / _target[1] * _source[1]) + rows[y % _target[1]]) * _source[2];
                foreach (var column in columns)
                {
                    source.Slice((row + column) * channels, channels).CopyTo(target[to..]);
                    to += channels;
                }
            }
        }
    }
}
