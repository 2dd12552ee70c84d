using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting.Tests.Startup;

public sealed class HostFlagsTests
{
    [Fact]
    public void Parse_TraceFlagAmongOthers_TakesNoValue()
    {
        var errors = new List<string>();

        var flags = HostFlags.Parse(["--trace-start", "A.B", "--port", "80", "--Pipeline:Key=v"], errors);

        Assert.Empty(errors);
        Assert.Equal(("A.B", "80", "v"), (flags.Target, flags.Port, flags.Settings["Pipeline:Key"]));
    }

    [Fact]
    public void Parse_UnknownFlag_NamesThoseThereAre()
    {
        var errors = new List<string>();

        HostFlags.Parse(["--trace"], errors);

        Assert.Contains("--trace-start", Assert.Single(errors), StringComparison.Ordinal);
    }
}
