using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>A net of layers by chance, the same for the same seed: pictures through convolutions, pools, activations, sums and joins, to scores.</summary>
internal sealed class RandomNet
{
    private static readonly UnaryFunction[] Functions =
    [
        UnaryFunction.Sigmoid, UnaryFunction.Tanh, UnaryFunction.Swish, UnaryFunction.HardSwish, UnaryFunction.Gelu, UnaryFunction.Elu, UnaryFunction.Softplus, UnaryFunction.Erf,
    ];

    private readonly Random _random;
    private readonly int _seed;
    private int _count;

    public RandomNet(int seed)
    {
        _random = new Random(seed);
        _seed = seed;
        Input = [_random.Next(1, 4), _random.Next(3, 20), _random.Next(3, 20), _random.Next(1, 20)];
    }

    /// <summary>The dimensions of the input.</summary>
    public int[] Input { get; }

    public Graph Build() => Nets.Build([-1, .. Input[1..]], (b, x) =>
    {
        for (var layer = _random.Next(1, 9); layer > 0; layer--)
        {
            x = Layer(b, x);
        }

        x = b.Add("mean", new Reduce(ReduceFunction.Mean, false), x, Nets.Integers(1, 2));
        var (classes, transposed) = (_random.Next(2, 40), _random.Next(2) == 0);
        x = b.Add("product", new MatMul(false, transposed), x, transposed ? Weights(classes, x.Shape[1]) : Weights(x.Shape[1], classes));
        return b.Add("softmax", new Softmax(), x);
    });

    private Value Layer(GraphBuilder b, Value x)
    {
        var channels = x.Shape[3];
        var name = $"l{_count++}";
        switch (_random.Next(14))
        {
            case 0 or 1:
                return Conv(b, name, x, _random.Next(1, 40));
            case 2:
                x = b.Add(name, new DepthwiseConv2D(Stride(), Nets.One, Border(), Range()), x, Weights(Kernel(x, 1), Kernel(x, 2), channels, 1));
                return b.Add($"{name}/bn", new BatchNormalization(1e-3f), x, Weights(channels), Weights(channels), Weights(channels), Positive(channels));
            case 3:
                return b.Add(name, new MaxPool2D(new Extent2D(Kernel(x, 1), Kernel(x, 2)), Stride(), Border()), x);
            case 4:
                return b.Add(name, new AveragePool2D(new Extent2D(Kernel(x, 1), Kernel(x, 2)), Stride(), Border()), x);
            case 5:
                return b.Add(name, new Unary(Functions[_random.Next(Functions.Length)]), x);
            case 6:
                var sum = b.Add(name, new Binary(BinaryFunction.Add), x, Conv(b, $"{name}/branch", x, channels, keep: true));
                return _random.Next(2) == 0 ? b.Add($"{name}/relu", new Clamp(ValueRange.Relu), sum) : sum;
            case 7:
                return b.Add(name, new Concat(), x, Conv(b, $"{name}/branch", x, _random.Next(1, 40), keep: true), GraphBuilder.Constant("axis", Tensor.Scalar(3)));
            case 8:
                var whole = Conv(b, $"{name}/a", x, 16, keep: true);
                return b.Add(name, new Concat(), whole, Conv(b, $"{name}/b", x, 32, keep: true), x, whole, Conv(b, $"{name}/c", x, 9, keep: true), GraphBuilder.Constant("axis", Tensor.Scalar(-1)));
            case 9:
                var groups = Enumerable.Range(1, channels).Where(count => channels % count == 0).ToArray();
                var (group, each) = (groups[_random.Next(groups.Length)], _random.Next(1, 20));
                var grouped = new Conv2D(Stride(), Dilation(x, 3), Border(), Range());
                return b.Add(name, grouped, x, Weights(Math.Min(2, x.Shape[1]), Math.Min(2, x.Shape[2]), channels / group, group * each), Weights(group * each));
            case 10:
                var times = _random.Next(1, 4);
                return b.Add(name, new DepthwiseConv2D(Nets.One, Dilation(x, 2), Border(), Range()), x, Weights(Math.Min(2, x.Shape[1]), Math.Min(2, x.Shape[2]), channels, times));
            case 11:
                int[] borders = [0, 0, _random.Next(3), _random.Next(3), _random.Next(3), _random.Next(3), 0, 0];
                return b.Add(name, new Pad(PadMode.Constant), x, GraphBuilder.Constant("borders", Tensor.From<int>(Shape.Of(4, 2), borders)));
            case 12:
                var grid = (SamplingGrid)_random.Next(3);
                return b.Add(name, _random.Next(2) == 0 ? new ResizeBilinear(grid) : new ResizeNearest(grid), x, Nets.Integers(_random.Next(2, 12), _random.Next(2, 12)));
            default:
                var gate = b.Add($"{name}/gate", new Reduce(ReduceFunction.Mean, true), x, Nets.Integers(1, 2));
                return b.Add(name, new Binary(BinaryFunction.Multiply), b.Add($"{name}/sigmoid", new Unary(UnaryFunction.Sigmoid), gate), x);
        }
    }

    /// <param name="keep">Whether the size of the picture stays.</param>
    private Value Conv(GraphBuilder b, string name, Value x, int outputs, bool keep = false)
    {
        var convolution = keep ? new Conv2D(Nets.One, Nets.One, Padding.Same, Range()) : new Conv2D(Stride(), Nets.One, Border(), Range());
        return b.Add(name, convolution, x, Weights(Kernel(x, 1), Kernel(x, 2), x.Shape[3], outputs), Weights(outputs));
    }

    private ValueRange Range() => _random.Next(3) switch
    {
        0 => ValueRange.Relu,
        1 => ValueRange.Relu6,
        _ => ValueRange.Unbounded,
    };

    private Extent2D Stride() => new(_random.Next(1, 3), _random.Next(1, 3));

    /// <summary>So far apart that a window of two fits.</summary>
    private Extent2D Dilation(Value x, int most) => new(_random.Next(1, Math.Min(most, Math.Max(1, x.Shape[1] - 1)) + 1), _random.Next(1, Math.Min(most, Math.Max(1, x.Shape[2] - 1)) + 1));

    private Padding Border() => _random.Next(3) > 0 ? Padding.Same : Padding.Valid;

    private int Kernel(Value x, int dimension) => Math.Min(x.Shape[dimension], _random.Next(1, 6));

    /// <summary>So large that the values of the net neither grow nor vanish from layer to layer.</summary>
    private Value Weights(params int[] dimensions)
    {
        var numbers = Samples.Floats(_seed + _count++, dimensions);
        var scale = dimensions.Length == 1 ? 1 : 1.7f / MathF.Sqrt(numbers.Shape.ElementCount / dimensions[^1]);
        foreach (ref var number in numbers.Elements<float>())
        {
            number *= scale;
        }

        return GraphBuilder.Constant($"w{_count}", numbers);
    }

    private Value Positive(int count)
    {
        var numbers = Samples.Floats(_seed + _count++, count);
        foreach (ref var number in numbers.Elements<float>())
        {
            number = Math.Abs(number) + 0.5f;
        }

        return GraphBuilder.Constant("variance", numbers);
    }
}
