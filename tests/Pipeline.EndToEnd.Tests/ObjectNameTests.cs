using System.Net;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Names that a bucket takes and that mean something elsewhere, from the upload to the document of Google's emulator and away again.</summary>
public sealed class ObjectNameTests
{
    private const string Folder = "users/u1/";

    /// <summary>The longest name that Cloud Storage takes, in bytes.</summary>
    private const int Longest = 1024;

    private readonly FirestoreEmulator _emulator;

    public ObjectNameTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_EveryName_HasTheDocumentThatClientsLookFor()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        var settings = world.Settings([.. firestore.Settings, ("Storage:EmulatorHost", world.Storage.Address.Authority)]);
        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, CancellationToken);
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "clock.jpg"), CancellationToken);
        var names = Names().ToArray();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, name) in names.Index())
        {
            // A picture now and then; what is none gets its document sooner.
            var isPicture = index % 10 == 0;
            Assert.True(ids.Add(EncodeUriComponent(name)), name);
            var generation = await world.Storage.UploadAsync(name, isPicture ? picture : "none"u8.ToArray(), "image/jpeg", CancellationToken);

            using var answer = await StorageEvents.PostAsync(worker, "events/storage", "finalized", "e1", name, generation, CancellationToken);

            Assert.True(answer.StatusCode == HttpStatusCode.OK, name);
            var result = await ReadAsync(firestore, name);
            Assert.True(result.Exists, name);
            Assert.Equal(
                (new DocumentValue.StringValue(isPicture ? "classified" : "failed"), new DocumentValue.StringValue(name), new DocumentValue.StringValue("u1"), new DocumentValue.IntegerValue(generation)),
                (result.Fields!["status"], result.Fields["name"], result.Fields["owner"], result.Fields["generation"]));
        }

        foreach (var name in names.Where((_, index) => index % 7 == 0).Append(names[^1]))
        {
            var generation = Assert.IsType<DocumentValue.IntegerValue>((await ReadAsync(firestore, name)).Fields!["generation"]).Value;
            await world.Storage.DeleteAsync(name, CancellationToken);
            using var answer = await StorageEvents.PostAsync(worker, "events/storage", "deleted", "e2", name, generation, CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(new DocumentValue.StringValue("deleted"), (await ReadAsync(firestore, name)).Fields!["status"]);
        }
    }

    /// <summary>Each below the owner's folder, no two the same.</summary>
    private static IEnumerable<string> Names()
    {
        var printable = Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).ToArray();
        foreach (var some in printable.Chunk(2))
        {
            yield return $"{Folder}a{new string(some)}b";
        }

        yield return Folder + new string(printable);
        foreach (var name in new[]
        {
            "..", ".", "../u2/a", "../../../etc/passwd", "./a", "a/../b", "//a", "__x__", "a__", "%", "%2F", "a%2Fb", "%252F", "%zz", "%E2%82", "a+b c", "?alt=media", "#fragment", "a\\b",
            "\u00FCber", "u\u0308ber", "\U0001F600", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\u05D0\u202E\u05D1", "\u65E5\u672C", "a\u00A0b", "CON", "aux.jpg", "a.jpg.", " ", "~", "$(id)", "'; DROP--",
        })
        {
            yield return Folder + name;
        }

        // One byte each, and four: the id of the second is longer than Firestore takes, and is a hash.
        yield return Folder + new string('a', Longest - Folder.Length);
        yield return Folder + string.Concat(Enumerable.Repeat("\U0001F600", (Longest - Folder.Length) / 4));
    }

    private static async Task<DocumentSnapshot> ReadAsync(FirestoreWorld firestore, string name)
    {
        var id = EncodeUriComponent(name);
        Assert.Equal(id.Length > 1500, id != DocumentIds.FromName(name));
        return (await firestore.Documents.GetAsync([new DocumentPath("classifications", DocumentIds.FromName(name))], CancellationToken)).Documents[0];
    }

    /// <summary>As JavaScript has it, which leaves five characters more than .NET.</summary>
    private static string EncodeUriComponent(string text)
    {
        var encoded = Uri.EscapeDataString(text);
        foreach (var character in "!*'()")
        {
            encoded = encoded.Replace($"%{(int)character:X2}", $"{character}", StringComparison.Ordinal);
        }

        return encoded;
    }
}
