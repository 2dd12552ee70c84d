using Pipeline.Benchmarks.Commands;

namespace Pipeline.Benchmarks.Tests.Commands;

public sealed class BenchmarkCommandTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("engine", "--threads", "0")]
    [InlineData("engine", "--threads", "1", "x")]
    [InlineData("engine", "--rounds", "0")]
    [InlineData("engine", "--nets", "no_such_net")]
    [InlineData("engine", "--json", "/no/such/folder/figures.json")]
    [InlineData("kernels", "--time", "0")]
    [InlineData("kernels", "--only", "no such kernel")]
    [InlineData("kernels", "--only", "Dense", "--json", "/no/such/folder/figures.json")]
    [InlineData("stores", "--rounds", "0")]
    [InlineData("images", "--rounds", "0")]
    [InlineData("images", "--json", "/no/such/folder/figures.json")]
    public async Task RunAsync_UsedWrongly_Gives2(params string[] arguments)
    {
        Assert.Equal(BenchmarkCommand.UsedWrongly, await BenchmarkCommand.RunAsync(arguments));
    }
}
