namespace Pipeline.Embedded.Tests.Support;

/// <summary>Waits for what other threads do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> isRight)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await get();
            if (isRight(value))
            {
                return value;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"After {Limit.TotalSeconds} s it is still {value}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
