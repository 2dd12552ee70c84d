using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData("image/*", "image/png", true)]
    [InlineData("image/*", "IMAGE/PNG", true)]
    [InlineData("image/*", " image/png ; charset=binary", true)]
    [InlineData("image/*", "imagex/png", false)]
    [InlineData("image/*", "text/plain", false)]
    [InlineData("Image/JPEG", "image/jpeg", true)]
    [InlineData("image/jpeg", "image/jpegx", false)]
    [InlineData("*/*", "video/mp4", true)]
    [InlineData("image/svg+xml", "image/svg+xml", true)]
    public void Allow_DeclaredType_IsComparedWithTheList(string allowed, string declared, bool expected) =>
        Assert.Equal(expected, new ContentTypes([allowed]).Allow(declared));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("application/octet-stream")]
    [InlineData("Application/Octet-Stream; x=y")]
    public void MayTake_TypeThatSaysNothing_LeavesItToTheBytes(string? declared) => Assert.True(new ContentTypes(["image/png"]).MayTake(declared));

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/*", true)]
    [InlineData("*/*", true)]
    [InlineData("*/png", false)]
    [InlineData("image", false)]
    [InlineData("image/", false)]
    [InlineData("image/p*", false)]
    [InlineData("image/png/x", false)]
    [InlineData("", false)]
    [InlineData("image/png; q=1", false)]
    public void IsPattern_Text_IsAMediaTypeOrNot(string text, bool expected) => Assert.Equal(expected, ContentTypes.IsPattern(text));
}
