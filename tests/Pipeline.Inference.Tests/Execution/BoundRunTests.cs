using Pipeline.Inference.Execution;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution;

public sealed class BoundRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_InputsThatChange_GivesWhatTheSessionGives(bool usePlans)
    {
        var session = new InferenceSession(SmallNet.Build(), new SessionOptions { UsePlans = usePlans });
        var feed = SmallNet.Feed(0);
        var run = session.Bind(feed);

        Assert.Equal(usePlans, run.IsPlanned);
        for (var seed = 1; seed < 4; seed++)
        {
            var next = SmallNet.Feed(seed);
            ((Tensor)next["picture"]).Bytes.CopyTo(((Tensor)feed["picture"]).Bytes);
            run.Run(Token);

            Assert.Equal(((Tensor)session.Run(next, Token)["scores"]).Bytes, ((Tensor)run.Output("scores")).Bytes);
        }
    }

    [Fact]
    public void Run_TwoBindings_HaveOutputsOfTheirOwn()
    {
        var session = new InferenceSession(SmallNet.Build());
        var (first, second) = (session.Bind(SmallNet.Feed(1)), session.Bind(SmallNet.Feed(2)));

        first.Run(Token);
        var bits = ((Tensor)first.Output("scores")).Bytes.ToArray();
        second.Run(Token);

        Assert.Equal(bits, ((Tensor)first.Output("scores")).Bytes);
        Assert.NotEqual(bits, ((Tensor)second.Output("scores")).Bytes.ToArray());
    }

    [Fact]
    public void Run_OutputThatIsAnInputOrAConstant_IsInMemoryOfItsOwn()
    {
        var graph = Build([2, 3], (b, x) => b.Add("same", new Identity(), b.Add("flat", new Reshape(), x, Integers(2, 3))));
        var feed = Samples.Floats(1, 2, 3);
        var run = new InferenceSession(graph).Bind(new Dictionary<string, RuntimeValue> { ["x"] = feed });

        run.Run(Token);
        ((Tensor)run.Output("y")).Elements<float>().Clear();

        Assert.Equal(Samples.Floats(1, 2, 3).Bytes, feed.Bytes);
    }

    [Fact]
    public void Run_Cancelled_LeavesTheBindingUsable()
    {
        var run = new InferenceSession(SmallNet.Build()).Bind(SmallNet.Feed(1));
        run.Run(Token);
        var bits = ((Tensor)run.Output("scores")).Bytes.ToArray();

        Assert.Throws<OperationCanceledException>(() => run.Run(new CancellationToken(canceled: true)));
        Assert.Equal(bits, ((Tensor)run.Output("scores")).Bytes);
        run.Run(Token);

        Assert.Equal(bits, ((Tensor)run.Output("scores")).Bytes);
    }

    [Fact]
    public void Output_BeforeARunOrOfAnotherName_IsRefused()
    {
        var run = new InferenceSession(SmallNet.Build()).Bind(SmallNet.Feed(1));

        Assert.Throws<InvalidOperationException>(() => run.Output("scores"));
        run.Run(Token);
        Assert.Contains("'scores'", Assert.Throws<ArgumentException>(() => run.Output("score")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_WrongInput_IsRefused()
    {
        var session = new InferenceSession(SmallNet.Build());

        Assert.Throws<InvalidSessionInputException>(() => session.Bind(new Dictionary<string, RuntimeValue>()));
        Assert.Throws<InvalidSessionInputException>(() => session.Bind(new Dictionary<string, RuntimeValue> { ["picture"] = Samples.Floats(1, 2, 12, 10, 4) }));
    }
}
