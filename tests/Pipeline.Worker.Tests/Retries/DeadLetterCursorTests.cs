using System.Buffers.Text;
using System.Text;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;

namespace Pipeline.Worker.Tests.Retries;

public sealed class DeadLetterCursorTests
{
    [Theory]
    [InlineData("deadLetters", "users%2Fu1%2Fp.png", DeadLetterState.Due)]
    [InlineData("a/b/c", "ü\n😀 \"<script>", DeadLetterState.Parked)]
    public void TryParse_TextForm_GivesItBack(string collection, string id, DeadLetterState state)
    {
        var cursor = new DeadLetterCursor(new DocumentPath(collection, id), state, WorkerFixture.Start.AddTicks(10));

        Assert.True(DeadLetterCursor.TryParse(cursor.ToString(), out var parsed));
        Assert.Equal(cursor, parsed);
        Assert.Matches("^[A-Za-z0-9_-]+$", cursor.ToString());
    }

    [Theory]
    [InlineData("deadLetters\ndue\n12")]
    [InlineData("deadLetters\nDUE\n12\nid")]
    [InlineData("a/b\ndue\n12\nid")]
    [InlineData("deadLetters\ndue\n-1\nid")]
    [InlineData("deadLetters\ndue\n9223372036854775807\nid")]
    [InlineData("deadLetters\ndue\n12\n__x__")]
    [InlineData("")]
    public void TryParse_AnythingElse_IsFalse(string content)
    {
        Assert.False(DeadLetterCursor.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content)), out _));
        Assert.False(DeadLetterCursor.TryParse(content + "!", out _));
        Assert.False(DeadLetterCursor.TryParse(null, out _));
    }
}
