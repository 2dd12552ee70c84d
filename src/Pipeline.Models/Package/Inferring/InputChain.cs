using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Package.Inferring;

/// <summary>What a graph does to its picture before the first layer: arithmetic with constants, and resizing.</summary>
/// <param name="Affine">All of the arithmetic together; null where there is none.</param>
/// <param name="Resize">The first resize to a fixed size, or null.</param>
internal sealed record InputChain(ChannelAffine? Affine, GraphResize? Resize)
{
    private const int MostSteps = 64;

    /// <param name="input">The name of the graph's input.</param>
    /// <param name="channels">How many, in the last dimension or, of <paramref name="layout"/> NCHW, in the second.</param>
    public static InputChain Read(Graph graph, string input, int channels, TensorLayout layout)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var value = graph.Inputs.First(candidate => candidate.Name == input);
        if (!value.Shape.HasRank || value.Shape.Rank != 4)
        {
            return new InputChain(null, null);
        }

        var walk = new Walk(graph, channels, layout == TensorLayout.Nhwc ? 3 : 1);
        for (var step = 0; step < MostSteps && walk.TryStep(ref value); step++)
        {
        }

        return new InputChain(walk.Affine, walk.Resize);
    }

    private sealed class Walk
    {
        private readonly ILookup<Value, Node> _users;
        private readonly ConstantEvaluator _constants;
        private readonly int _channels;
        private int _axis;

        public Walk(Graph graph, int channels, int axis)
        {
            _users = graph.Nodes.SelectMany(node => node.Inputs.Distinct().Select(used => (used, node)))
                .ToLookup(pair => pair.used, pair => pair.node);
            var producers = new Dictionary<Value, Node>(ReferenceEqualityComparer.Instance);
            foreach (var node in graph.Nodes)
            {
                foreach (var output in node.Outputs)
                {
                    producers[output] = node;
                }
            }

            _constants = new ConstantEvaluator(producers);
            _channels = channels;
            _axis = axis;
        }

        public ChannelAffine? Affine { get; private set; }

        public GraphResize? Resize { get; private set; }

        /// <summary>Goes over one node; false where the chain ends or forks.</summary>
        public bool TryStep(ref Value value)
        {
            var users = _users[value].Where(node => node.Operator is not (ShapeOf or SizeOf or RankOf)).Take(2).ToList();
            if (users is not [var user] || user.Outputs.Count != 1 || !TryRead(user, value))
            {
                return false;
            }

            value = user.Outputs[0];
            return value.Shape.HasRank && value.Shape.Rank == 4;
        }

        private bool TryRead(Node node, Value value) => node.Operator switch
        {
            Identity => true,
            Cast { Target: DataType.Float32 or DataType.Float16 or DataType.Float64 } => true,
            StridedSlice => node.Inputs[0] == value && KeepsItsSize(node),
            Transpose => TryTranspose(node),
            ResizeBilinear resize => TryResize(node, "bilinear", resize.Grid),
            ResizeNearest resize => TryResize(node, "nearest", resize.Grid),
            Binary binary => TryArithmetic(binary.Function, node, value),
            _ => false,
        };

        /// <summary>A slice of the whole, as it is where channels are reversed.</summary>
        private static bool KeepsItsSize(Node node)
        {
            var (from, to) = (node.Inputs[0].Shape, node.Outputs[0].Shape);
            return from.HasRank && to.HasRank && from.Dimensions[1..].SequenceEqual(to.Dimensions[1..]) && from.Rank == to.Rank
                && !from.Dimensions[1..].Contains(PartialShape.UnknownDimension);
        }

        private bool TryTranspose(Node node)
        {
            if (_constants.TryEvaluate(node.Inputs[1]) is not { DataType: DataType.Int32 } permutation)
            {
                return false;
            }

            _axis = permutation.Elements<int>().IndexOf(_axis);
            return _axis >= 0;
        }

        private bool TryResize(Node node, string filter, SamplingGrid grid)
        {
            if (Resize is not null || _axis != 3)
            {
                return _axis == 3;
            }

            if (_constants.TryEvaluate(node.Inputs[1]) is { DataType: DataType.Int32, Shape: { Rank: 1, ElementCount: 2 } } size)
            {
                var (height, width) = (size.Elements<int>()[0], size.Elements<int>()[1]);
                var family = grid == SamplingGrid.HalfPixelCenters ? "tf" : "tf1";
                Resize = new GraphResize($"{family}-{filter}", grid == SamplingGrid.AlignCorners, width, height);
            }

            return Resize is not null;
        }

        private bool TryArithmetic(BinaryFunction function, Node node, Value value)
        {
            var isFirst = ReferenceEquals(node.Inputs[0], value);
            if (ReferenceEquals(node.Inputs[0], node.Inputs[1]) || PerChannel(node.Inputs[isFirst ? 1 : 0]) is not { } numbers)
            {
                return false;
            }

            var before = Affine ?? ChannelAffine.Identity(_channels);
            double[] minusOne = [.. Enumerable.Repeat(-1.0, _channels)];
            var after = (function, isFirst) switch
            {
                (BinaryFunction.Add, _) => before.Plus(numbers),
                (BinaryFunction.Multiply, _) => before.Times(numbers),
                (BinaryFunction.Subtract, true) => before.Plus([.. numbers.Select(number => -number)]),
                (BinaryFunction.Subtract, false) => before.Times(minusOne).Plus(numbers),
                (BinaryFunction.Divide or BinaryFunction.DivideNoNan, true) => before.Times([.. numbers.Select(number => 1 / number)]),
                _ => null,
            };
            Affine = after ?? Affine;
            return after is not null;
        }

        /// <summary>The numbers of a constant that depends on the channel only; null where it is none.</summary>
        private double[]? PerChannel(Value value)
        {
            if (value.DataType is not (DataType.Float32 or DataType.Float64 or DataType.Float16)
                || _constants.TryEvaluate(value) is not { } tensor || tensor.Shape.Rank > 4)
            {
                return null;
            }

            var place = _axis - (4 - tensor.Shape.Rank);
            var length = place < 0 ? 1 : tensor.Shape[place];
            if (tensor.Shape.ElementCount != length || (length != 1 && length != _channels))
            {
                return null;
            }

            var numbers = ScoreReader.Read(tensor);
            return numbers.Length == _channels ? numbers : [.. Enumerable.Repeat(numbers[0], _channels)];
        }
    }
}
