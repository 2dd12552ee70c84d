using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.SqliteDocuments;

public sealed class OrderKeyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Append_AnyTwoValues_OrdersAsTheComparerDoes(int seed)
    {
        var values = new RandomValues(seed);
        for (var round = 0; round < 50_000; round++)
        {
            var (left, right) = (values.Next(), values.Next());
            var expected = Math.Sign(DocumentValueComparer.Instance.Compare(left, right));
            Assert.True(expected == Math.Sign(Key(left).AsSpan().SequenceCompareTo(Key(right))), $"{left} and {right}: {expected}");
        }
    }

    [Fact]
    public void Append_OneValueAfterAnother_IsNeverTheBeginningOfAnotherKey()
    {
        var values = new RandomValues(3);
        for (var round = 0; round < 20_000; round++)
        {
            var (left, right) = (Key(values.Next()), Key(values.Next()));
            Assert.True(left.Length == right.Length || !right.AsSpan().StartsWith(left));
        }
    }

    private static byte[] Key(DocumentValue value)
    {
        var key = new List<byte>();
        OrderKey.Append(key, value);
        return [.. key];
    }
}
