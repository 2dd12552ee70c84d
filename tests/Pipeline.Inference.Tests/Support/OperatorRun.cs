using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Runs one operator's plain evaluation: every input fed from outside first, then every input a constant, which must give the same bits.</summary>
internal static class OperatorRun
{
    public static Tensor One(Operator @operator, params RuntimeValue[] inputs) => (Tensor)All(@operator, inputs)[0];

    public static RuntimeValue[] All(Operator @operator, params RuntimeValue[] inputs)
    {
        var fed = Session(@operator, inputs, (builder, i) => builder.AddInput($"x{i}", inputs[i].DataType, PartialShape.OfRank(inputs[i].Shape.Rank)))
            .Run(inputs.Select((v, i) => (Key: $"x{i}", v)).ToDictionary(p => p.Key, p => p.v), TestContext.Current.CancellationToken);
        var folded = Session(@operator, inputs, (_, i) => GraphBuilder.Constant($"c{i}", Source(inputs[i])))
            .Run(new Dictionary<string, RuntimeValue>(), TestContext.Current.CancellationToken);
        var results = fed.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value).ToArray();
        var again = folded.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value).ToArray();
        for (var i = 0; i < results.Length; i++)
        {
            Assert.Equal(results[i].Shape, again[i].Shape);
            if (results[i] is Tensor tensor)
            {
                Assert.Equal(tensor.Bytes, ((Tensor)again[i]).Bytes);
            }
        }

        return results;
    }

    /// <summary>The message with which a node of this operator is refused for inputs known while it is built.</summary>
    public static TException Refused<TException>(Operator @operator, params RuntimeValue[] inputs)
        where TException : Exception => Assert.Throws<TException>(() => All(@operator, inputs));

    private static InferenceSession Session(Operator @operator, RuntimeValue[] inputs, Func<GraphBuilder, int, Value> input)
    {
        var builder = new GraphBuilder("single");
        Value[] values = [.. inputs.Select((_, i) => input(builder, i))];
        var outputs = builder.AddNode("node", @operator, values);
        for (var i = 0; i < outputs.Count; i++)
        {
            builder.AddOutput($"y{i:d3}", outputs[i]);
        }

        return new InferenceSession(builder.Build(), new SessionOptions { UsePlans = false });
    }

    private static ConstantSource Source(RuntimeValue value) => value switch
    {
        Tensor tensor => new InMemoryConstantSource(tensor),
        StringTensor strings => new StringConstantSource(strings),
        _ => throw new ArgumentException($"{value} cannot be a constant.", nameof(value)),
    };
}
