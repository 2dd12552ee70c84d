using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Tests.Endpoint;

public sealed class ContentRangeTests
{
    [Theory]
    [InlineData(null, 5L, 0L, 5L, 5L, true)]
    [InlineData("", null, 0L, null, null, true)]
    [InlineData("bytes 0-4/5", 5L, 0L, 5L, 5L, true)]
    [InlineData("bytes 0-3/5", 4L, 0L, 4L, 5L, false)]
    [InlineData("Bytes  2-4/*", null, 2L, 3L, null, false)]
    [InlineData("bytes 0-*/*", null, 0L, null, null, true)]
    [InlineData("bytes 7-*/9", null, 7L, null, 9L, true)]
    [InlineData("bytes 7-*/9", 2L, 7L, 2L, 9L, true)]
    [InlineData("bytes */*", 0L, null, 0L, null, false)]
    [InlineData("bytes */9", 0L, null, 0L, 9L, false)]
    [InlineData("bytes 9223372036854775806-9223372036854775807/*", 2L, 9223372036854775806, 2L, null, false)]
    public void Read_Header_SaysWhereTheBytesBelong(string? header, long? length, long? offset, long? size, long? total, bool ends) =>
        Assert.Equal(new UploadChunk(offset, size, total, ends), ContentRange.Read(header, length));

    [Theory]
    [InlineData("bytes 0-4/5", 4L)]
    [InlineData("bytes 4-0/5", null)]
    [InlineData("bytes -1-4/5", null)]
    [InlineData("bytes 0-4", null)]
    [InlineData("bytes 0-4/", null)]
    [InlineData("bytes 0-4/x", null)]
    [InlineData("bytes 0-4/5/6", null)]
    [InlineData("bytes 0--1/0", null)]
    [InlineData("lines 0-4/5", null)]
    [InlineData("bytes=0-4/5", null)]
    [InlineData("bytes *-*/*", null)]
    [InlineData("bytes 0-9223372036854775807/*", null)]
    [InlineData("bytes 0-9223372036854775808/*", null)]
    [InlineData("0-4/5", null)]
    public void Read_WhatIsNone_IsRefused(string header, long? length) =>
        Assert.Equal("invalid", Assert.Throws<StorageRequestException>(() => ContentRange.Read(header, length)).Reason);
}
