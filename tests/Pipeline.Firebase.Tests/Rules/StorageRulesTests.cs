using Pipeline.Fixtures.Format;
using Pipeline.Testing.Emulators;

namespace Pipeline.Firebase.Tests.Rules;

/// <summary>
/// <c>storage.rules</c>, as far as that goes without Cloud Storage's own engine of rules: the emulator of Firestore compiles them, and evaluates their
/// conditions on documents whose fields are what an object would have. What it means to list a folder is not tried.
/// </summary>
public sealed class StorageRulesTests
{
    private const long LargestUpload = 20 * 1024 * 1024;

    /// <summary>What the same thing is called there and here.</summary>
    private static readonly (string OfStorage, string OfFirestore)[] Words =
    [
        ("service firebase.storage", "service cloud.firestore"),
        ("/b/{bucket}/o", "/databases/{database}/documents"),
        ("request.resource.size", "request.resource.data.size"),
        ("request.resource.contentType", "request.resource.data.contentType"),
    ];

    private static readonly string? Alice = RulesClient.User("alice");

    private readonly FirestoreEmulator _emulator;

    public StorageRulesTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    [Fact]
    public async Task Rules_AsTheyAre_Compile() => await _emulator.LoadRulesAsync(FirestoreEmulator.NewProject(), await ReadAsync());

    [Fact]
    public async Task Rules_EveryIdentityVerbAndPlace_AllowOwnersTheirFolder()
    {
        var client = await OnDocumentsAsync();
        await client.SeedAsync("users/alice/photos/there", Object());
        await client.SeedAsync("others/alice/photos/there", Object());
        await client.SeedAsync("users/alice/photos/there/more/there", Object());
        foreach (var (name, token) in new[] { ("nobody", null), ("alice", Alice), ("bob", RulesClient.User("bob")), ("ali", RulesClient.User("ali")), ("any", RulesClient.User("{uid}")) })
        {
            foreach (var folder in new[] { "users/alice/photos", "users/alice/photos/there/more", "others/alice/photos" })
            {
                var expected = name == "alice" && folder.StartsWith("users/alice/", StringComparison.Ordinal);
                var allowed = new[]
                {
                    await client.MayGetAsync(token, $"{folder}/there"),
                    await client.MayGetAsync(token, $"{folder}/missing"),
                    await client.MayCreateAsync(token, $"{folder}/{Guid.NewGuid():N}", Object()),
                    await client.MayUpdateAsync(token, $"{folder}/there", Object("image/webp")),
                    await client.MayDeleteAsync(token, $"{folder}/another"),
                };
                Assert.True(allowed.All(may => may == expected), $"{name} in {folder}: {string.Join(", ", allowed)}");
            }
        }
    }

    [Theory]
    [InlineData("image/jpeg", 0, true)]
    [InlineData("image/png", 1, true)]
    [InlineData("image/webp", LargestUpload, true)]
    [InlineData("image/gif", 1, true)]
    [InlineData("image/bmp", 1, true)]
    [InlineData("image/jpeg", LargestUpload + 1, false)]
    [InlineData("image/svg+xml", 1, false)]
    [InlineData("image/tiff", 1, false)]
    [InlineData("image/", 1, false)]
    [InlineData("image/jpegs", 1, false)]
    [InlineData("ximage/jpeg", 1, false)]
    [InlineData("text/html", 1, false)]
    [InlineData("image/jpeg\\ntext/html", 1, false)]
    [InlineData("", 1, false)]
    public async Task Rules_EveryTypeAndSize_AllowPicturesThatAreClassified(string type, long size, bool expected)
    {
        var client = await OnDocumentsAsync();
        await client.SeedAsync("users/alice/photos/there", Object());

        Assert.Equal(expected, await client.MayCreateAsync(Alice, "users/alice/photos/new", Object(type, size)));
        Assert.Equal(expected, await client.MayUpdateAsync(Alice, "users/alice/photos/there", Object(type, size)));
    }

    [Fact]
    public async Task Rules_NoType_IsRefused() =>
        Assert.False(await (await OnDocumentsAsync()).MayCreateAsync(Alice, "users/alice/photos/new", """{"size":{"integerValue":"1"}}"""));

    private static string Object(string type = "image/jpeg", long size = 1) => $$$"""{"contentType":{"stringValue":"{{{type}}}"},"size":{"integerValue":"{{{size}}}"} }""";

    private static Task<string> ReadAsync() => File.ReadAllTextAsync(Path.Combine(SharedFolder.Checkout()!, "storage.rules"), TestContext.Current.CancellationToken);

    private async Task<RulesClient> OnDocumentsAsync()
    {
        var rules = await ReadAsync();
        foreach (var (ofStorage, ofFirestore) in Words)
        {
            Assert.Equal(2, rules.Split(ofStorage).Length);
            rules = rules.Replace(ofStorage, ofFirestore, StringComparison.Ordinal);
        }

        var project = FirestoreEmulator.NewProject();
        await _emulator.LoadRulesAsync(project, rules);
        return new RulesClient(_emulator.Http, await _emulator.StartAsync(), project);
    }
}
