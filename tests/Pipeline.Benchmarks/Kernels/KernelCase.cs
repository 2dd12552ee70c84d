using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>One operator on a picture of one size.</summary>
/// <param name="Height">Of the picture, rows.</param>
/// <param name="Filter">The dimensions of the weights; empty: there are none.</param>
internal sealed record KernelCase(KernelFamily Family, string Name, int Height, int Width, int Channels, Operator Operator, IReadOnlyList<int> Filter)
{
    public Shape Input => Family == KernelFamily.Dense ? Shape.Of(1, Channels) : Shape.Of(1, Height, Width, Channels);

    /// <summary>How often the operator follows itself: one that keeps the shape reads then what a kernel has just written, as it does in a net.</summary>
    private int Repeats => Operator is DepthwiseConv2D { Strides: { Height: 1, Width: 1 } } ? 3 : 1;

    /// <summary>A graph of this operator alone; its nodes are called "kernel".</summary>
    public Graph Build()
    {
        var builder = new GraphBuilder(Name);
        List<Value> inputs = [builder.AddInput("x", DataType.Float32, PartialShape.From(Input))];
        if (Filter.Count > 0)
        {
            inputs.Add(GraphBuilder.Constant("weights", Random(Shape.Of([.. Filter]))));
        }
        else if (Operator is Reduce)
        {
            inputs.Add(GraphBuilder.Constant("axes", Tensor.Vector(1, 2)));
        }

        var value = inputs[0];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            value = builder.Add("kernel", Operator, [value, .. inputs[1..]]);
        }

        builder.AddOutput("y", value);
        return builder.Build();
    }

    /// <summary>Uniform numbers from -1 to 1, always the same.</summary>
    public static Tensor Random(Shape shape)
    {
        var random = new Random(shape.ElementCount);
        var tensor = Tensor.Zeros(DataType.Float32, shape);
        foreach (ref var number in tensor.Elements<float>())
        {
            number = (random.NextSingle() * 2) - 1;
        }

        return tensor;
    }
}
