using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.Rules;

/// <summary>Who may do what by <c>firestore.rules</c>: every identity, verb and collection, on Google's emulator.</summary>
public sealed class FirestoreRulesTests
{
    private const string Owner = "alice";
    private const string Odd = "ann@x";
    private const string Greedy = "alice/private";
    private const string Encoded = "alice%2Fprivate";

    /// <summary>Everything that <c>encodeURIComponent</c> leaves as it is.</summary>
    private const string Plain = "Zo3-_.!~*'()";

    private static readonly string AlicesId = DocumentIds.FromName("users/alice/a.jpg");
    private static readonly string OddId = DocumentIds.FromName("users/ann@x/a.jpg");

    /// <summary>Alice owns what the matrix speaks of. Ali's uid begins hers; those of the greedy and the encoded one contain a part of her path; the others only claim rights.</summary>
    private static readonly (string Name, string? Token)[] Identities =
    [
        ("nobody", null),
        ("alice", RulesClient.User(Owner)),
        ("bob", RulesClient.User("bob")),
        ("ali", RulesClient.User("ali")),
        ("greedy", RulesClient.User(Greedy)),
        ("encoded", RulesClient.User(Encoded)),
        ("regex", RulesClient.User(".*")),
        ("admin", RulesClient.User("root", ""","admin":true,"role":"owner","user_id":"alice" """)),
    ];

    private readonly FirestoreEmulator _emulator;

    public FirestoreRulesTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    [Fact]
    public async Task Rules_EveryIdentityVerbAndCollection_AllowWhatIsStatedAndNothingElse()
    {
        var project = FirestoreEmulator.NewProject();
        await _emulator.LoadRulesAsync(project, await File.ReadAllTextAsync(Path.Combine(SharedFolder.Checkout()!, "firestore.rules"), TestContext.Current.CancellationToken));
        var client = new RulesClient(_emulator.Http, await _emulator.StartAsync(), project);
        await SeedAsync(client);

        var allowed = new List<string>();
        foreach (var (name, token) in Identities)
        {
            await foreach (var verb in AllowedAsync(client, token))
            {
                allowed.Add($"{name}: {verb}");
            }
        }

        Assert.Equal(
            [
                "alice: get her result", "alice: get her result before the upload", "alice: list her results",
                "bob: list his results", "ali: list his results", "greedy: list his results", "encoded: list his results", "regex: list his results", "admin: list his results",
                "alice: request",
            ],
            allowed.OrderBy(line => line.EndsWith("request", StringComparison.Ordinal)));
        await CheckRequestsAsync(client);
        await CheckOddUserAsync(client);
        Assert.True(await client.MayGetAsync(RulesClient.User(Plain), $"classifications/{DocumentIds.FromName($"users/{Plain}/later.jpg")}"));
        Assert.Empty(await UntestedLinesAsync(project));
    }

    private static async Task SeedAsync(RulesClient client)
    {
        await client.SeedAsync($"classifications/{AlicesId}", """{"owner":{"stringValue":"alice"},"status":{"stringValue":"classified"}}""");
        await client.SeedAsync("classifications/shared.jpg", """{"status":{"stringValue":"classified"}}""");
        await client.SeedAsync($"classifications/{AlicesId}/versions/1", """{"owner":{"stringValue":"alice"}}""");
        await client.SeedAsync($"deadLetters/{AlicesId}", """{"owner":{"stringValue":"alice"}}""");
        await client.SeedAsync("classificationRequests/old", """{"owner":{"stringValue":"alice"},"name":{"stringValue":"users/alice/a.jpg"}}""");
        await client.SeedAsync("classificationQuotas/users%2Falice", """{"owner":{"stringValue":"alice"}}""");
        await client.SeedAsync("users/alice/photos/p", """{"owner":{"stringValue":"alice"}}""");
    }

    /// <summary>Everything that an identity may do of all that the matrix tries.</summary>
    private static async IAsyncEnumerable<string> AllowedAsync(RulesClient client, string? token)
    {
        const string Mine = """{"owner":{"stringValue":"alice"}}""";
        var self = token is null ? null : Identities.Single(identity => identity.Token == token).Name;
        var uid = self switch { "admin" => "root", "greedy" => Greedy, "encoded" => Encoded, "regex" => ".*", _ => self };
        var verbs = new List<(string Name, Func<Task<bool>> May)>
        {
            ("get her result", () => client.MayGetAsync(token, $"classifications/{AlicesId}")),
            ("get her result before the upload", () => client.MayGetAsync(token, $"classifications/{DocumentIds.FromName("users/alice/private/later.jpg")}")),
            ("get nobody's result before the upload", () => client.MayGetAsync(token, "classifications/later.jpg")),
            ("get the bare prefix", () => client.MayGetAsync(token, "classifications/users%2Falice%2F")),
            ("get a result without owner", () => client.MayGetAsync(token, "classifications/shared.jpg")),
            (self == "alice" ? "list her results" : "list his results", () => client.MayListAsync(token, "classifications", uid ?? "bob")),
            ("list all results", () => client.MayListAsync(token, "classifications", null)),
        };
        if (self != "alice")
        {
            verbs.Add(("list alice's results", () => client.MayListAsync(token, "classifications", Owner)));
        }

        foreach (var path in new[]
        {
            $"classifications/{AlicesId}/versions/1", $"deadLetters/{AlicesId}", "classificationRequests/old", "classificationQuotas/users%2Falice",
            "users/alice/photos/p",
        })
        {
            verbs.Add(($"get {path}", () => client.MayGetAsync(token, path)));
            verbs.Add(($"get {path} that is missing", () => client.MayGetAsync(token, path + "x")));
        }

        foreach (var collection in new[] { "deadLetters", "classificationRequests", "classificationQuotas", "users" })
        {
            verbs.Add(($"list {collection}", () => client.MayListAsync(token, collection, uid ?? Owner)));
        }

        foreach (var path in new[] { $"classifications/{AlicesId}", $"deadLetters/{AlicesId}", "classificationRequests/old", "classificationQuotas/users%2Falice", "users/alice/photos/p" })
        {
            verbs.Add(($"create {path}", () => client.MayCreateAsync(token, path + "2", Mine)));
            verbs.Add(($"update {path}", () => client.MayUpdateAsync(token, path, Mine)));
            verbs.Add(($"delete {path}", () => client.MayDeleteAsync(token, path)));
        }

        foreach (var path in new[] { "classificationRequests/old/more/1", $"classificationRequests/old/{Guid.NewGuid():N}/1" })
        {
            verbs.Add(($"request below a request, {path}", () => client.MayCreateAsync(token, path, Request("users/alice/a.jpg"), "createdAt")));
        }

        verbs.Add(("request once more in the same place", () => client.MayUpdateAsync(token, "classificationRequests/old", Request("users/alice/a.jpg"), "createdAt")));
        verbs.Add(("request", () => client.MayCreateAsync(token, $"classificationRequests/{Guid.NewGuid():N}", Request("users/alice/private/a.jpg"), "createdAt")));
        foreach (var (name, may) in verbs)
        {
            if (await may())
            {
                yield return name;
            }
        }
    }

    private static async Task CheckRequestsAsync(RulesClient client)
    {
        var alice = RulesClient.User(Owner);
        var longest = "users/alice/" + new string('a', 1024 - "users/alice/".Length);
        (string Fields, string? ServerTime, bool Allowed)[] cases =
        [
            (Request(longest), "createdAt", true),
            (Request(longest + "a"), "createdAt", false),
            (Request("users/alice/a.jpg", new string('b', 222)), "createdAt", true),
            (Request("users/alice/a.jpg", new string('b', 223)), "createdAt", false),
            (Request("users/alice/"), "createdAt", false),
            (Request("users/alice"), "createdAt", false),
            (Request("users/bob/a.jpg"), "createdAt", false),
            (Request("users/alicea/b.jpg"), "createdAt", false),
            (Request("/users/alice/a.jpg"), "createdAt", false),
            (Request(""), "createdAt", false),
            (Request("users/alice/a.jpg"), null, false),
            (Request("users/alice/a.jpg"), "updatedAt", false),
            ("""{"bucket":{"stringValue":"uploads"},"name":{"stringValue":"users/alice/a.jpg"},"createdAt":{"timestampValue":"2020-01-01T00:00:00Z"}}""", null, false),
            ("""{"bucket":{"stringValue":"uploads"},"name":{"stringValue":"users/alice/a.jpg"},"extra":{"booleanValue":true}}""", "createdAt", false),
            ("""{"name":{"stringValue":"users/alice/a.jpg"}}""", "createdAt", false),
            ("""{"bucket":{"stringValue":"uploads"}}""", "createdAt", false),
            ("""{"bucket":{"arrayValue":{"values":[{"stringValue":"uploads"}]}},"name":{"stringValue":"users/alice/a.jpg"}}""", "createdAt", false),
            ("""{"bucket":{"mapValue":{"fields":{"a":{"stringValue":"uploads"}}}},"name":{"stringValue":"users/alice/a.jpg"}}""", "createdAt", false),
            ("""{"bucket":{"bytesValue":"AAAA"},"name":{"stringValue":"users/alice/a.jpg"}}""", "createdAt", false),
            ("""{"bucket":{"stringValue":"uploads"},"name":{"bytesValue":"dXNlcnMvYWxpY2UvYS5qcGc="}}""", "createdAt", false),
            ("""{"bucket":{"integerValue":"1"},"name":{"stringValue":"users/alice/a.jpg"}}""", "createdAt", false),
            ("""{"bucket":{"stringValue":"uploads"},"name":{"arrayValue":{"values":[{"stringValue":"users/alice/a.jpg"}]}}}""", "createdAt", false),
        ];
        foreach (var (fields, serverTime, allowed) in cases)
        {
            var isAllowed = await client.MayCreateAsync(alice, $"classificationRequests/{Guid.NewGuid():N}", fields, serverTime);
            Assert.True(allowed == isAllowed, fields);
        }
    }

    /// <summary>A uid that has to be encoded: its user sees what is there and may ask again, but cannot listen before the upload.</summary>
    private static async Task CheckOddUserAsync(RulesClient client)
    {
        var odd = RulesClient.User(Odd);

        Assert.False(await client.MayGetAsync(odd, $"classifications/{OddId}"));
        Assert.False(await client.MayGetAsync(odd, $"classifications/users%2F{Odd}%2Fa.jpg"));
        await client.SeedAsync($"classifications/{OddId}", $$"""{"owner":{"stringValue":"{{Odd}}"} }""");
        Assert.True(await client.MayGetAsync(odd, $"classifications/{OddId}"));
        Assert.True(await client.MayCreateAsync(odd, "classificationRequests/odd", Request($"users/{Odd}/a.jpg"), "createdAt"));
    }

    private static string Request(string name, string bucket = "uploads") =>
        $$$"""{"bucket":{"stringValue":"{{{bucket}}}"},"name":{"stringValue":"{{{name}}}"} }""";

    /// <summary>Every expression of the rules that no request has reached, as the emulator counts.</summary>
    private async Task<IReadOnlyList<string>> UntestedLinesAsync(string project)
    {
        var address = new Uri(await _emulator.StartAsync(), $"emulator/v1/projects/{project}:ruleCoverage");
        using var coverage = JsonDocument.Parse(await _emulator.Http.GetStringAsync(address, TestContext.Current.CancellationToken));
        var untested = new List<string>();
        var expressions = coverage.RootElement.GetProperty("report").EnumerateArray().ToList();
        Assert.NotEmpty(expressions);
        expressions.ForEach(Visit);
        return untested;

        void Visit(JsonElement expression)
        {
            if (!expression.TryGetProperty("values", out var values) || values.GetArrayLength() == 0)
            {
                var position = expression.GetProperty("sourcePosition");
                untested.Add($"line {position.GetProperty("line")}, column {position.GetProperty("column")}");
            }

            if (expression.TryGetProperty("children", out var children))
            {
                children.EnumerateArray().ToList().ForEach(Visit);
            }
        }
    }
}
