using Pipeline.Embedded.Endpoint.Access;

namespace Pipeline.Embedded.Tests.Endpoint.Access;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost")]
    [InlineData("app.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]")]
    [InlineData("10.0.2.2")]
    [InlineData("192.168.1.20")]
    [InlineData("[fe80::1]")]
    [InlineData("pipeline")]
    [InlineData("PIPELINE")]
    public void Knows_NameOfThisMachineAddressOrConfigured_IsTrue(string host)
    {
        Assert.True(new HostNames(["pipeline"]).Knows(host));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("pipeline.evil.example")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("127.1")]
    public void Knows_AnyOtherName_IsFalse(string host)
    {
        Assert.False(new HostNames(["pipeline"]).Knows(host));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.2", true)]
    [InlineData("[::1]", true)]
    [InlineData("10.0.2.2", false)]
    [InlineData("pipeline", false)]
    public void IsThisMachine_Host_IsTrueForLoopbackOnly(string host, bool expected)
    {
        Assert.Equal(expected, HostNames.IsThisMachine(host));
    }
}
