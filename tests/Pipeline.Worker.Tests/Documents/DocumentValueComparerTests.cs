using System.Text;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Documents;

public sealed class DocumentValueComparerTests
{
    [Fact]
    public void Compare_ValuesInFirestoresOrder_AreInOrder()
    {
        DocumentValue[] ordered =
        [
            DocumentValue.Null, false, true, double.NaN, double.NegativeInfinity, long.MinValue, -1.5, -1L, 0L, 0.5, 1L, 9007199254740992d,
            9007199254740993L, long.MaxValue, 9223372036854775808d, double.PositiveInfinity, DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddMicroseconds(1), "", "a", "a\0", "b", "\uFF5E", "\U0001F33B", new DocumentValue.BytesValue([1]),
            new DocumentValue.BytesValue([255]),
            new DocumentValue.ReferenceValue("a/b"), new DocumentValue.ReferenceValue("a/b/c"), new DocumentValue.ReferenceValue("a-/b"),
            new DocumentValue.GeoPointValue(-1, 5), new DocumentValue.GeoPointValue(0, -5), new DocumentValue.GeoPointValue(0, 0), Fields.Array(), Fields.Array(1L), Fields.Array(1L, 1L), Fields.Array(2L), Fields.Map(),
            Fields.Map(("a", 1L)), Fields.Map(("a", 1L), ("b", 1L)), Fields.Map(("a", 2L)), Fields.Map(("b", 0L)),
        ];
        for (var left = 0; left < ordered.Length; left++)
        {
            for (var right = 0; right < ordered.Length; right++)
            {
                Assert.Equal(Math.Sign(left - right), Math.Sign(DocumentValueComparer.Instance.Compare(ordered[left], ordered[right])));
            }
        }
    }

    [Fact]
    public void Compare_IntegerAndEqualDouble_AreEqual() => Assert.Equal(0, DocumentValueComparer.Instance.Compare(3L, 3.0));

    [Fact]
    public void CompareText_AnyPair_IsTheOrderOfUtf8Bytes()
    {
        string[] texts = ["", "a", "ab", "\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF", "\U00010000", "\U0010FFFF", "a\U00010000", "a\uFFFF"];
        foreach (var left in texts)
        {
            foreach (var right in texts)
            {
                var expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
                Assert.Equal(Math.Sign(expected), Math.Sign(DocumentValueComparer.CompareText(left, right)));
            }
        }
    }
}
