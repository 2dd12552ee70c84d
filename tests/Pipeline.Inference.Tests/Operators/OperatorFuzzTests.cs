using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators;

/// <summary>Operators with random attributes on random inputs: each runs, or says in a typed error why not; what was inferred before holds.</summary>
public sealed class OperatorFuzzTests
{
    private const int Runs = 10_000;
    private const long Limit = 32 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_RandomOperator_RunsOrIsRefused(int seed)
    {
        var random = new Random(seed);
        var succeeded = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var run = 0; run < Runs; run++)
        {
            var @operator = RandomOperators.Next(random);
            RuntimeValue[] inputs = RandomOperators.Inputs(random, @operator);
            var description = $"seed {seed}, run {run}: {@operator} of {string.Join(", ", inputs.Select(i => i.ToString()))}";
            try
            {
                RunOnce(random, @operator, inputs);
                succeeded[@operator.GetType().Name] = succeeded.GetValueOrDefault(@operator.GetType().Name) + 1;
            }
            catch (Exception error) when (error is InvalidNodeException or UnsupportedNodeException or MemoryLimitExceededException)
            {
                Assert.NotEmpty(error.Message);
            }
            catch (Exception error)
            {
                Assert.Fail($"{description}: {error}");
            }
        }

        Assert.Empty(RandomOperators.Names.Except(succeeded.Keys));
    }

    /// <summary>Some inputs are fed with part of their shape hidden, the others are constants.</summary>
    private static void RunOnce(Random random, Operator @operator, RuntimeValue[] inputs)
    {
        var builder = new GraphBuilder("fuzz");
        var feed = new Dictionary<string, RuntimeValue>();
        var values = new Value[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is Tensor tensor && random.Next(2) == 0)
            {
                values[i] = GraphBuilder.Constant($"c{i}", tensor);
                continue;
            }

            values[i] = builder.AddInput($"x{i}", inputs[i].DataType, Hide(random, inputs[i].Shape));
            feed.Add($"x{i}", inputs[i]);
        }

        var outputs = builder.AddNode("node", @operator, values);
        for (var i = 0; i < outputs.Count; i++)
        {
            builder.AddOutput($"y{i}", outputs[i]);
        }

        if (outputs.Count == 0)
        {
            return;
        }

        var session = new InferenceSession(builder.Build(), new SessionOptions { MaxRunBytes = Limit, MaxConstantBytes = Limit });
        var results = session.Run(feed, TestContext.Current.CancellationToken);
        for (var i = 0; i < outputs.Count; i++)
        {
            Assert.Equal(outputs[i].DataType, results[$"y{i}"].DataType);
            Assert.True(outputs[i].Shape.Admits(results[$"y{i}"].Shape), $"inferred {outputs[i]}, got {results[$"y{i}"]}");
        }
    }

    private static PartialShape Hide(Random random, Shape shape) => random.Next(4) switch
    {
        0 => PartialShape.Unknown,
        1 => shape,
        _ => PartialShape.Of([.. shape.Dimensions.ToArray().Select(d => random.Next(2) == 0 ? d : PartialShape.UnknownDimension)]),
    };
}
