using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.Endpoint.Access;

namespace Pipeline.Embedded.Tests.Endpoint.Access;

public sealed class PageOriginTests
{
    [Theory]
    [InlineData("http://localhost:5173", "127.0.0.1:9199")]
    [InlineData("https://localhost", "127.0.0.1:9199")]
    [InlineData("http://app.localhost:3000", "localhost:9199")]
    [InlineData("http://127.0.0.1:8080", "localhost:9199")]
    [InlineData("http://[::1]:8080", "localhost:9199")]
    [InlineData("http://10.0.2.2:5173", "10.0.2.2:9199")]
    [InlineData("http://pipeline:3000", "pipeline:9199")]
    [InlineData("https://app.example:8443", "127.0.0.1:9199")]
    [InlineData("HTTPS://APP.example:8443", "127.0.0.1:9199")]
    [InlineData("capacitor://localhost", "127.0.0.1:9199")]
    public void IsAllowed_PageOfThisMachineOrConfigured_IsTrue(string origin, string host)
    {
        Assert.True(new PageOrigin(["https://app.example:8443", "capacitor://localhost"]).IsAllowed(origin, new HostString(host)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("localhost:5173")]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://localhost@evil.example")]
    [InlineData("http://evil.example#localhost")]
    [InlineData("http://127.0.0.1.evil.example:9199")]
    [InlineData("http://192.168.1.20")]
    [InlineData("https://app.example")]
    [InlineData("http://app.example:8443")]
    [InlineData("chrome-extension://localhost")]
    public void IsAllowed_AnyOtherPage_IsFalse(string origin)
    {
        Assert.False(new PageOrigin(["https://app.example:8443"]).IsAllowed(origin, new HostString("127.0.0.1:9199")));
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("http://localhost:1", true)]
    [InlineData("capacitor://localhost", true)]
    [InlineData("https://app.example/", false)]
    [InlineData("https://app.example/x", false)]
    [InlineData("https://u@app.example", false)]
    [InlineData("app.example", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsValid_Text_IsTrueForAnOriginAsBrowsersSendIt(string? origin, bool expected)
    {
        Assert.Equal(expected, PageOrigin.IsValid(origin));
    }
}
