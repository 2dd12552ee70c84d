using System.Net;
using System.Text;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint.FirebaseStorage;

public sealed class FirebaseUploadTests
{
    private const string Token = "0f0e0d0c-0000-4000-8000-000000000001";

    [Fact]
    public async Task Multipart_WithEverythingSaid_AnswersWithAllOfIt()
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        var answer = await firebase.UploadAsync(
            "users/u 1/é.png",
            "content",
            """
            {"name":"another","fullPath":"x","size":7,"contentType":"image/png","cacheControl":"no-cache","contentDisposition":"attachment","contentLanguage":"de",
             "contentEncoding":"identity","md5Hash":"mgNkuembtIDdJeHwKEyFVQ==","metadata":{"a":"1","ü":"ß"}}
            """);

        var texts = answer.EnumerateObject().Where(static entry => entry.Value.ValueKind == System.Text.Json.JsonValueKind.String)
            .ToDictionary(static entry => entry.Name, static entry => entry.Value.GetString()!);
        Assert.Equal(
            [
                "bucket=photos", "cacheControl=no-cache", "contentDisposition=attachment", "contentEncoding=identity", "contentLanguage=de", "contentType=image/png",
                "crc32c=Ya91Mw==", "md5Hash=mgNkuembtIDdJeHwKEyFVQ==", "metageneration=1", "name=users/u 1/é.png", "size=7", "storageClass=STANDARD",
            ],
            texts.Where(static entry => entry.Key is not ("downloadTokens" or "etag" or "generation" or "timeCreated" or "updated"))
                .Select(static entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));
        Assert.True(Guid.TryParseExact(texts["downloadTokens"], "D", out _));
        Assert.Equal(texts["timeCreated"], texts["updated"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", texts["updated"]);
        Assert.Equal("""{"a":"1","ü":"ß"}""", answer.GetProperty("metadata").GetRawText());
        Assert.Equal("content", await firebase.Writer.ReadAsync((await firebase.Writer.FindAsync("users/u 1/é.png"))!));
    }

    [Theory]
    [InlineData("{}", "image/gif", "image/gif")]
    [InlineData("""{"contentType":"image/png"}""", "image/gif", "image/png")]
    [InlineData("""{"contentType":null}""", "image/gif", "image/gif")]
    public async Task Multipart_TypeOfThePart_CountsWhereTheDescriptionHasNone(string description, string partType, string expected)
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        var answer = await firebase.UploadAsync("a", "x", description, partType);

        Assert.Equal(expected, answer.GetProperty("contentType").GetString());
        Assert.Equal("identity", answer.GetProperty("contentEncoding").GetString());
        Assert.Equal("inline; filename*=utf-8''a", answer.GetProperty("contentDisposition").GetString());
        Assert.False(answer.TryGetProperty("metadata", out _));
    }

    [Fact]
    public async Task Multipart_WithTokensOfItsOwn_KeepsThem()
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        var answer = await firebase.UploadAsync("a", "x", $$$"""{"metadata":{"firebaseStorageDownloadTokens":"{{{Token}}}, second"}}""");

        Assert.Equal($"{Token},second", answer.GetProperty("downloadTokens").GetString());
        Assert.False(answer.TryGetProperty("metadata", out _));
    }

    [Theory]
    [InlineData("/o?name=a", "", "raw body")]
    [InlineData("/o?name=a&uploadType=media", "", "raw body")]
    [InlineData("/o?name=a", "raw", "raw body")]
    [InlineData("/o/a", "", "raw body")]
    public async Task Raw_InEachForm_IsStored(string target, string protocol, string content)
    {
        await using var firebase = await FirebaseFixture.StartAsync();
        (string, string)[] headers = protocol.Length > 0 ? [("X-Goog-Upload-Protocol", protocol), ("Content-Type", "image/jpeg")] : [("Content-Type", "image/jpeg")];

        var answer = await firebase.JsonAsync(HttpMethod.Post, $"/v0/b/{FolderFixture.Bucket}{target}", Encoding.UTF8.GetBytes(content), headers);

        Assert.Equal(("a", "image/jpeg"), (answer.GetProperty("name").GetString(), answer.GetProperty("contentType").GetString()));
        Assert.NotEmpty(answer.GetProperty("downloadTokens").GetString()!);
        Assert.Equal(content, await firebase.Writer.ReadAsync((await firebase.Writer.FindAsync("a"))!));
    }

    [Fact]
    public async Task Raw_WithoutAType_IsBytes()
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        var answer = await firebase.JsonAsync(HttpMethod.Post, FirebaseFixture.Object("a/b"), [1, 2]);

        Assert.Equal(("a/b", "application/octet-stream"), (answer.GetProperty("name").GetString(), answer.GetProperty("contentType").GetString()));
    }

    [Theory]
    [InlineData("", "multipart", "{}", 400)]
    [InlineData("?name=", "multipart", "{}", 400)]
    [InlineData("?name=a", "tus", "{}", 400)]
    [InlineData("?name=a", "multipart", "[]", 400)]
    [InlineData("?name=a", "multipart", "{", 400)]
    [InlineData("?name=a", "multipart", """{"contentType":5}""", 400)]
    [InlineData("?name=a", "multipart", """{"metadata":{"k":{}}}""", 400)]
    [InlineData("?name=a", "multipart", """{"md5Hash":"AAAAAAAAAAAAAAAAAAAAAA=="}""", 400)]
    [InlineData("?name=a", "multipart", """{"crc32c":"AAAAAA=="}""", 400)]
    [InlineData("?name=a", "multipart", """{"cacheControl":"a\nb"}""", 400)]
    [InlineData("?name=a", "resumable", "{}", 400)]
    public async Task Upload_ThatCannotBeTaken_IsRefusedAndLeavesNothing(string query, string protocol, string description, int expected)
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        using var answer = await firebase.SendAsync(
            HttpMethod.Post,
            FirebaseFixture.Objects + query,
            FirebaseFixture.Parts("content", description, "image/png"),
            ("X-Goog-Upload-Protocol", protocol),
            ("Content-Type", "multipart/related; boundary=12345"));

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Null(await firebase.Writer.FindAsync("a"));
    }

    [Fact]
    public async Task Multipart_ThatEndsBeforeItsBoundary_LeavesNothing()
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        using var answer = await firebase.SendAsync(
            HttpMethod.Post,
            $"{FirebaseFixture.Objects}?name=a",
            FirebaseFixture.Parts("content", "{}", "image/png")[..^4],
            ("X-Goog-Upload-Protocol", "multipart"),
            ("Content-Type", "multipart/related; boundary=12345"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await firebase.Writer.FindAsync("a"));
    }

    [Theory]
    [InlineData("Firebase eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")]
    [InlineData("Bearer owner")]
    [InlineData("Firebase")]
    [InlineData("x y z, ;;=")]
    public async Task Authorization_WhateverItSays_IsTaken(string authorization)
    {
        await using var firebase = await FirebaseFixture.StartAsync();

        using var answer = await firebase.SendAsync(HttpMethod.Post, FirebaseFixture.Object("a"), [1], ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
