using System.Text.Json;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint;

public sealed class ListPageTests : IAsyncLifetime
{
    private static readonly string[] Names = ["a", "a/1", "a/2", "a/b/3", "b", "c/4", "ç/5", "d/", "d/6", "e//7"];

    private readonly FolderFixture _folder = new();
    private FolderObjectWriter _writer = null!;
    private EndpointFixture _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        _writer = await _folder.OpenAsync();
        _endpoint = await EndpointFixture.StartAsync(_writer);
        foreach (var name in Names)
        {
            await _endpoint.UploadAsync(name, "x");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "", "a a/1 a/2 a/b/3 b c/4 d/ d/6 e//7 ç/5", "")]
    [InlineData("", "/", "a b", "a/ c/ d/ e/ ç/")]
    [InlineData("a/", "/", "a/1 a/2", "a/b/")]
    [InlineData("d/", "/", "d/ d/6", "")]
    [InlineData("e/", "/", "", "e//")]
    [InlineData("a", "b", "a a/1 a/2", "a/b")]
    [InlineData("z", "/", "", "")]
    public async Task List_ByDelimiter_TellsObjectsAndGroups_WhateverThePageSize(string prefix, string delimiter, string objects, string groups)
    {
        for (var size = 1; size <= 4; size++)
        {
            var (foundObjects, foundGroups) = await ReadAllAsync(prefix, delimiter, size);

            Assert.Equal(objects.Split(' ', StringSplitOptions.RemoveEmptyEntries), foundObjects);
            Assert.Equal(groups.Split(' ', StringSplitOptions.RemoveEmptyEntries), foundGroups);
        }
    }

    [Theory]
    [InlineData("&startOffset=a%2F2&endOffset=c", "", "a/2 a/b/3 b", "")]
    [InlineData("&startOffset=a%2F2&endOffset=c", "/", "b", "a/")]
    [InlineData("&prefix=a%2F&startOffset=a&endOffset=z", "", "a/1 a/2 a/b/3", "")]
    [InlineData("&startOffset=d&prefix=a", "", "", "")]
    [InlineData("&prefix=d&includeTrailingDelimiter=true", "/", "d/", "d/")]
    [InlineData("&startOffset=%C3%A7&fields=items&versions=true", "", "ç/5", "")]
    public async Task List_ByOffsets_TellsTheNamesBetween(string query, string delimiter, string objects, string groups)
    {
        for (var size = 1; size <= 3; size++)
        {
            var (foundObjects, foundGroups) = await ReadAllAsync(string.Empty, delimiter, size, query);

            Assert.Equal(objects.Split(' ', StringSplitOptions.RemoveEmptyEntries), foundObjects);
            Assert.Equal(groups.Split(' ', StringSplitOptions.RemoveEmptyEntries), foundGroups);
        }
    }

    private async Task<(List<string> Objects, List<string> Groups)> ReadAllAsync(string prefix, string delimiter, int size, string more = "")
    {
        var (objects, groups) = (new List<string>(), new List<string>());
        var token = string.Empty;
        do
        {
            var target = $"/storage/v1/b/{FolderFixture.Bucket}/o?prefix={Uri.EscapeDataString(prefix)}&delimiter={Uri.EscapeDataString(delimiter)}&maxResults={size}&pageToken={Uri.EscapeDataString(token)}{more}";
            using var response = await _endpoint.SendAsync(HttpMethod.Get, target);
            using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var items = page.RootElement.TryGetProperty("items", out var array) ? array.EnumerateArray().Select(item => item.GetProperty("name").GetString()!).ToArray() : [];
            var prefixes = page.RootElement.TryGetProperty("prefixes", out var list) ? list.EnumerateArray().Select(item => item.GetString()!).ToArray() : [];
            Assert.InRange(items.Length + prefixes.Length, 0, more.Contains("Trailing", StringComparison.Ordinal) ? size + 1 : size);
            objects.AddRange(items);
            groups.AddRange(prefixes);
            token = page.RootElement.TryGetProperty("nextPageToken", out var next) ? next.GetString()! : string.Empty;
        }
        while (token.Length > 0);

        return (objects, groups);
    }
}
