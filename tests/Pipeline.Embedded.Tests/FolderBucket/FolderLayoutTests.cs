using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class FolderLayoutTests
{
    private readonly FolderLayout _layout = new("/data");

    [Fact]
    public void FindPlainPath_AnyNames_StayInTheBucketAndDiffer()
    {
        var paths = Names.All.Select(name => _layout.FindPlainPath("photos", name)).OfType<string>().ToArray();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.StartsWith("/data/photos/", Path.GetFullPath(path), StringComparison.Ordinal));
        Assert.All(paths, path => Assert.Equal(path, Path.GetFullPath(path)));
        Assert.Equal(paths.Length, paths.Distinct().Count());
    }

    [Theory]
    [InlineData("cat.jpg", "/data/photos/cat.jpg")]
    [InlineData("users/u1/cat.jpg", "/data/photos/users/u1/cat.jpg")]
    [InlineData("../cat.jpg", null)]
    [InlineData("a//b", null)]
    [InlineData("/a", null)]
    [InlineData("a/", null)]
    [InlineData(".hidden", null)]
    [InlineData("a/.b/c", null)]
    [InlineData("a\nb", null)]
    [InlineData("a\0b", null)]
    public void FindPlainPath_Name_IsTheFileOrNone(string name, string? expected)
    {
        Assert.Equal(expected, _layout.FindPlainPath("photos", name));
    }

    [Theory]
    [InlineData("photos", true)]
    [InlineData("demo-p.appspot.com", true)]
    [InlineData("a_b", true)]
    [InlineData("ab", false)]
    [InlineData("Photos", false)]
    [InlineData("-photos", false)]
    [InlineData("photos.", false)]
    [InlineData("pho..tos", false)]
    [InlineData("../photos", false)]
    [InlineData(".pipeline", false)]
    [InlineData("", false)]
    public void IsBucket_Name_FollowsTheRule(string name, bool expected)
    {
        Assert.Equal(expected, BucketNames.IsValid(name));
    }

    [Fact]
    public void IsObject_Borders_AreBytesOfValidUtf8()
    {
        Assert.All(Names.All, name => Assert.True(ObjectNames.IsValid(name)));
        Assert.False(ObjectNames.IsValid(string.Empty));
        Assert.False(ObjectNames.IsValid(new string('x', 1025)));
        Assert.False(ObjectNames.IsValid(new string('é', 513)));
        Assert.False(ObjectNames.IsValid("\uD83D"));
    }
}
