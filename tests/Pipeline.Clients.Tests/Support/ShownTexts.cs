namespace Pipeline.Clients.Tests.Support;

/// <summary>What the README's app shows of an upload. The upload does not wait for the listener, so the first texts may be left out, but none comes back.</summary>
internal static class ShownTexts
{
    private static readonly string[] Before = ["uploading …", "looking …"];

    public static void AssertInOrder(IEnumerable<string> shown, string last)
    {
        string[] texts = [.. shown.Distinct()];
        Assert.Equal(Before.Append(last).Where(texts.Contains), texts);
        Assert.Equal(last, texts[^1]);
    }
}
