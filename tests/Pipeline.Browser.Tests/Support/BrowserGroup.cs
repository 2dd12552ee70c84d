namespace Pipeline.Browser.Tests.Support;

/// <summary>All browser tests, one after the other: they share the browser and the processors.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserGroup : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
