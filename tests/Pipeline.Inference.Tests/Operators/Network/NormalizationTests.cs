using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Network;

public sealed class NormalizationTests
{
    [Fact]
    public void Softmax_LargeLogits_DoNotOverflow()
    {
        var got = OperatorRun.One(new Softmax(), Tensor.From(Shape.Of(2, 3), 100f, 0f, -5f, 1000f, 1000f, -1000f)).Elements<float>();

        Assert.Equal([1f, 3.7835e-44f, 0f, 0.5f, 0.5f, 0f], got.ToArray(), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void LogSoftmax_LargeLogits_StayFinite()
    {
        var got = OperatorRun.One(new LogSoftmax(), Tensor.From(Shape.Of(1, 2), 1000f, 0f)).Elements<float>();

        Assert.Equal([0f, -1000f], got);
    }

    [Fact]
    public void Softmax_NaN_FillsItsRowOnly()
    {
        var got = OperatorRun.One(new Softmax(), Tensor.From(Shape.Of(2, 2), float.NaN, 0f, 1f, 1f)).Elements<float>();

        Assert.Equal([float.NaN, float.NaN, 0.5f, 0.5f], got);
    }

    [Fact]
    public void BatchNormalization_EveryLength_FollowsItsFormula()
    {
        for (var channels = 1; channels <= 20; channels++)
        {
            var x = Samples.Floats(channels, 2, 2, 3, channels);
            Tensor[] parameters = [.. Enumerable.Range(1, 4).Select(s => Samples.Floats(s, channels))];
            foreach (ref var v in parameters[3].Elements<float>())
            {
                v = Math.Abs(v);
            }

            var got = OperatorRun.One(new BatchNormalization(0.001f), [x, .. parameters]);

            var want = NaiveIndex.Build(x.Shape, i =>
            {
                var (scale, offset, mean, variance) = (At(parameters[0], i[3]), At(parameters[1], i[3]), At(parameters[2], i[3]), At(parameters[3], i[3]));
                return (float)(((NaiveIndex.At<float>(x, i) - mean) * scale / Math.Sqrt(variance + 0.001)) + offset);
            });
            Assert.Equal(want.Elements<float>().ToArray(), got.Elements<float>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-5f * (1 + Math.Abs(a)));
        }
    }

    [Fact]
    public void BatchNormalization_OtherNumberOfChannels_IsRefused() =>
        OperatorRun.Refused<InvalidNodeException>(
            new BatchNormalization(0.1f), Samples.Floats(1, 1, 1, 1, 4), Samples.Floats(1, 4), Samples.Floats(1, 3), Samples.Floats(1, 4), Samples.Floats(1, 4));

    [Fact]
    public void BiasAdd_LastDimension_IsAddedTo()
    {
        Assert.Equal([11f, 22f, 13f, 24f], OperatorRun.One(new BiasAdd(), Tensor.From(Shape.Of(2, 2), 1f, 2f, 3f, 4f), Tensor.Vector(10f, 20f)).Elements<float>());
        OperatorRun.Refused<InvalidNodeException>(new BiasAdd(), Tensor.From(Shape.Of(2, 2), 1f, 2f, 3f, 4f), Tensor.Vector(10f));
    }

    [Fact]
    public void LocalResponseNormalization_RadiusBeyondTheChannels_UsesThoseThere()
    {
        var x = Tensor.From(Shape.Of(1, 1, 1, 3), 1f, 2f, 3f);

        var near = OperatorRun.One(new LocalResponseNormalization(1, 1, 1, 1), x).Elements<float>();
        var all = OperatorRun.One(new LocalResponseNormalization(int.MaxValue, 1, 1, 1), x).Elements<float>();

        Assert.Equal([1f / 6, 2f / 15, 3f / 14], near.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal([1f / 15, 2f / 15, 3f / 15], all.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    private static float At(Tensor vector, int index) => vector.Elements<float>()[index];
}
