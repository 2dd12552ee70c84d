using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Operators with attributes, and inputs for them, that are sometimes sensible and sometimes hostile.</summary>
internal static class RandomOperators
{
    private static readonly string[] Equations = ["ab,bc->ac", "...ab,...bc->...ac", "aba->ab", "a->aa", "abc,dbc->", "ab,b->c", "a...,a->...", "ab->", "->", "..->a"];

    private static readonly Func<Random, Operator>[] Makers =
    [
        r => new Conv2D(Extent(r), Extent(r), AnyPadding(r), AnyRange(r)),
        r => new DepthwiseConv2D(Extent(r), Extent(r), AnyPadding(r), AnyRange(r)),
        r => new MaxPool2D(Extent(r), Extent(r), AnyPadding(r)),
        r => new AveragePool2D(Extent(r), Extent(r), AnyPadding(r)),
        r => new MatMul(Flag(r), Flag(r)),
        r => new Einsum(Equations[r.Next(Equations.Length)]),
        _ => new BiasAdd(),
        _ => new BatchNormalization(0.001f),
        r => new Dense(Flag(r), AnyRange(r)) { SummedDimensions = r.Next(1, 3) },
        r => new FusedDense(new Dense(Flag(r), AnyRange(r)), Flag(r), Flag(r) ? Any<UnaryFunction>(r) : null),
        _ => new LayerNormalization(0.001f),
        _ => new Softmax(),
        _ => new LogSoftmax(),
        r => new LocalResponseNormalization(Number(r), 1, 1, 0.5f),
        r => new Unary(Any<UnaryFunction>(r)),
        r => new Binary(Any<BinaryFunction>(r)),
        r => new Compare(Any<Comparison>(r)) { IncompatibleShapesAreUnequal = Flag(r) },
        r => new Logical(Any<LogicalFunction>(r)),
        _ => new LogicalNot(),
        r => new Clamp(AnyRange(r)),
        _ => new LeakyRelu(0.2f),
        r => new Cast(Any<DataType>(r)),
        _ => new Select(),
        _ => new AddN(),
        _ => new Identity(),
        _ => new Reshape(),
        r => new Squeeze(AxisList.Of(Numbers(r, r.Next(3)))),
        _ => new ExpandDims(),
        r => new ShapeOf(Any<DataType>(r)),
        r => new SizeOf(Any<DataType>(r)),
        _ => new RankOf(),
        r => new Pack(Number(r)),
        r => new Unpack(Number(r), r.Next(5)),
        _ => new Concat(),
        r => new Split(r.Next(-1, 5)),
        r => new SplitSizes(r.Next(4)),
        _ => new Slice(),
        r => new StridedSlice(r.Next(8), r.Next(8), r.Next(6), r.Next(4), r.Next(4)),
        _ => new Transpose(),
        _ => new Tile(),
        _ => new Fill(),
        r => new FillLike(r.Next(2)),
        _ => new Pipeline.Inference.Operators.Range(),
        r => new Gather(r.Next(-1, 3)),
        r => new Pad(Any<PadMode>(r)),
        _ => new BroadcastTo(),
        r => new OneHot(Number(r)),
        r => new DepthToSpace(Number(r)),
        r => new SpaceToDepth(Number(r)),
        _ => new SpaceToBatch(),
        _ => new BatchToSpace(),
        r => new Reduce(Any<ReduceFunction>(r), Flag(r)),
        r => new ArgReduce(Any<ArgFunction>(r), Any<DataType>(r)),
        r => new TopK(Flag(r), Any<DataType>(r)),
        r => new Cumulate(Any<CumulativeFunction>(r), Flag(r), Flag(r)),
        r => new ResizeBilinear(Any<SamplingGrid>(r)),
        r => new ResizeNearest(Any<SamplingGrid>(r)),
    ];

    /// <summary>The names of all of them.</summary>
    public static IEnumerable<string> Names { get; } = [.. Makers.Select(m => m(new Random(0)).GetType().Name)];

    public static Operator Next(Random random) => Makers[random.Next(Makers.Length)](random);

    public static RuntimeValue[] Inputs(Random random, Operator @operator)
    {
        if (random.Next(2) == 0 && Sensible(random, @operator) is { } sensible)
        {
            return sensible;
        }

        var (least, most) = (@operator.InputRange.Minimum, Math.Min(@operator.InputRange.Maximum, 4));
        var inputs = new RuntimeValue[random.Next(least, Math.Max(most, least) + 1)];
        var type = AnyType(random);
        var rank = random.Next(6);
        for (var i = 0; i < inputs.Length; i++)
        {
            var control = i > 0 && random.Next(3) > 0 && ControlsFrom(@operator) <= i;
            inputs[i] = control ? Control(random, rank, i) : Data(random, random.Next(8) == 0 ? AnyType(random) : TypeOf(@operator, i, type), ShapeFor(random, rank));
        }

        return inputs;
    }

    /// <summary>Inputs that go together, for operators on which chance alone seldom agrees.</summary>
    private static RuntimeValue[]? Sensible(Random random, Operator @operator)
    {
        var (n, h, w, c, m) = (random.Next(3), random.Next(1, 7), random.Next(1, 7), random.Next(1, 20), random.Next(1, 3));
        Tensor Floats(params int[] dimensions) => Samples.Floats(random.Next(), dimensions);
        Tensor Ints(params int[] numbers) => Tensor.Vector<int>(numbers);
        return @operator switch
        {
            Conv2D => [Floats(n, h, w, c * m), Floats(random.Next(1, 4), random.Next(1, 4), c, m * random.Next(1, 20))],
            DepthwiseConv2D => [Floats(n, h, w, c), Floats(random.Next(1, 4), random.Next(1, 4), c, m)],
            BatchNormalization => [Floats(n, h, w, c), Floats(c), Floats(c), Floats(c), Floats(c)],
            BiasAdd => [Floats(n, c), Floats(c)],
            Dense { TransposeWeights: true } => [Floats(n, h, c), Floats(w, c), Floats(w)],
            Dense { SummedDimensions: 1 } => [Floats(n, h, c), Floats(c, w), Floats(w)],
            Dense => [Floats(n, h, c), Floats(h, c, w, m), Floats(w * m)],
            FusedDense { Product.TransposeWeights: true, HasResidual: var residual } => [Floats(n, c), Floats(w, c), Floats(w), Floats(w), .. residual ? new[] { Floats(n, w) } : []],
            FusedDense { HasResidual: var residual } => [Floats(n, c), Floats(c, w), Floats(w), Floats(w), .. residual ? new[] { Floats(n, w) } : []],
            LayerNormalization => [Floats(n, h, c), Floats(c), Floats(c)],
            OneHot => [Ints(0, 1, 9), Tensor.Scalar(random.Next(4)), Tensor.Scalar(1f), Tensor.Scalar(0f)],
            SpaceToBatch => [Floats(n, h * 2, w * 3, c), Ints(2, 3), Tensor.From(Shape.Of(2, 2), 0, 2, 3, 0)],
            BatchToSpace => [Floats(n * 6, h, w, c), Ints(2, 3), Tensor.From(Shape.Of(2, 2), 0, 1, 1, 0)],
            ResizeBilinear or ResizeNearest => [Floats(n, h, w, c), Ints(random.Next(1, 9), random.Next(1, 9))],
            SplitSizes { Count: > 0 } split => [Floats(n, h), Ints([-1, .. new int[split.Count - 1]]), Tensor.Scalar(-1)],
            DepthToSpace { BlockSize: > 0 and < 5 } blocks => [Floats(n, h, w, c * blocks.BlockSize * blocks.BlockSize)],
            SpaceToDepth { BlockSize: > 0 and < 5 } blocks => [Floats(n, h * blocks.BlockSize, w * blocks.BlockSize, c)],
            Gather => [Floats(n + 2, h + 1, c), Tensor.From(Shape.Of(n + 2, 2), [.. new int[2 * (n + 2)]]), Tensor.Scalar(1)],
            StridedSlice => [Floats(n, h, w), Ints(Number(random), -1), Ints(Number(random), 9), Ints(random.Next(1, 3), 1)],
            Slice => [Floats(n, h, w), Ints(0, 1, 0), Ints(-1, h - 1, random.Next(3))],
            Concat => [Floats(n, h), Floats(n, w), Tensor.Scalar(random.Next(-2, 2))],
            Fill => [Ints(n, h), Tensor.Scalar(c)],
            Pipeline.Inference.Operators.Range => [Tensor.Scalar(n), Tensor.Scalar(n + h), Tensor.Scalar(m)],
            _ => null,
        };
    }

    /// <summary>The first input that is not data, so that what is accepted is not rare.</summary>
    private static int ControlsFrom(Operator @operator) => @operator switch
    {
        Conv2D or DepthwiseConv2D or MatMul or Einsum or Dense or FusedDense or LayerNormalization or BiasAdd or BatchNormalization or Binary or Compare or Logical or Select or AddN => int.MaxValue,
        Concat => 2,
        _ => 1,
    };

    private static DataType TypeOf(Operator @operator, int index, DataType type) => (@operator, index) switch
    {
        (Select, 0) or (Logical or LogicalNot, _) => DataType.Bool,
        (Reduce { Function: ReduceFunction.All or ReduceFunction.Any }, 0) => DataType.Bool,
        (Conv2D or DepthwiseConv2D or BatchNormalization, _) => DataType.Float32,
        (Fill or SpaceToBatch or BatchToSpace, 0) => DataType.Int32,
        _ => type,
    };

    /// <summary>A vector or table of numbers, or one number.</summary>
    private static Tensor Control(Random random, int rank, int index)
    {
        var length = random.Next(4) == 0 ? random.Next(5) : rank;
        var shape = (random.Next(4), index) switch
        {
            (0, _) => Shape.Scalar,
            (1, _) => Shape.Of(length, 2),
            (2, _) => Shape.Of(1),
            _ => Shape.Of(length),
        };
        return Tensor.From<int>(shape, Numbers(random, shape.ElementCount));
    }

    private static RuntimeValue Data(Random random, DataType type, Shape shape)
    {
        if (type == DataType.String)
        {
            return StringTensor.FromText(shape, Enumerable.Range(0, shape.ElementCount).Select(i => $"s{i}"));
        }

        if (!type.IsNumeric())
        {
            return new ResourceHandle("handle");
        }

        var tensor = Tensor.Zeros(type, shape);
        random.NextBytes(tensor.Bytes);
        foreach (ref var b in tensor.Bytes)
        {
            b = (byte)(type == DataType.Bool ? b & 1 : type.IsInteger() ? (random.Next(3) == 0 ? 1 : 0) : b);
        }

        return tensor;
    }

    private static Shape ShapeFor(Random random, int rank)
    {
        var dimensions = new int[random.Next(6) == 0 ? random.Next(6) : rank];
        for (var d = 0; d < dimensions.Length; d++)
        {
            dimensions[d] = random.Next(3) == 0 ? random.Next(6) : random.Next(1, 3);
        }

        return Shape.Of(dimensions);
    }

    private static DataType AnyType(Random random) => random.Next(2) == 0 ? DataType.Float32 : Any<DataType>(random);

    private static T Any<T>(Random random)
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>();
        return all[random.Next(all.Length)];
    }

    private static bool Flag(Random random) => random.Next(2) == 0;

    private static Extent2D Extent(Random random) => new(Math.Abs(Number(random)), random.Next(8) == 0 ? Number(random) : random.Next(1, 3));

    private static Padding AnyPadding(Random random) => random.Next(3) switch
    {
        0 => Padding.Same,
        1 => Padding.Valid,
        _ => Padding.Explicit(random.Next(3), random.Next(3), random.Next(20) == 0 ? int.MaxValue : 0, random.Next(2)),
    };

    private static ValueRange AnyRange(Random random) => random.Next(2) == 0 ? ValueRange.Relu6 : ValueRange.Unbounded;

    private static int[] Numbers(Random random, int count)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Number(random);
        }

        return numbers;
    }

    private static int Number(Random random) => random.Next(30) switch
    {
        0 => int.MaxValue,
        1 => -int.MaxValue,
        2 => 1 << 16,
        < 8 => random.Next(-4, 0),
        < 14 => 0,
        _ => random.Next(1, 4),
    };
}
