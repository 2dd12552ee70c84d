using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.EndToEnd.Tests.Support;

namespace Pipeline.EndToEnd.Tests.Deploying;

/// <summary>The script against stand-ins that record their calls. It has not met Google's own services.</summary>
public sealed class DeployScriptTests
{
    private static readonly string[] Place = ["demo-project", "europe-west1", "demo-project.appspot.com", "--memory", "1024"];

    /// <summary>What each account may be given, and nothing else.</summary>
    private static readonly Dictionary<string, string[]> Roles = new()
    {
        ["pipeline-worker"] = ["roles/datastore.user", "roles/logging.logWriter", "roles/monitoring.metricWriter", "roles/storage.objectViewer", "roles/run.invoker"],
        ["pipeline-events"] = ["roles/eventarc.eventReceiver", "roles/run.invoker"],
        ["pipeline-scheduler"] = ["roles/run.invoker"],
        ["pipeline-build"] = ["roles/cloudbuild.builds.builder"],
        ["gs-project-accounts"] = ["roles/pubsub.publisher"],
        ["gcp-sa-pubsub"] = ["roles/pubsub.publisher", "roles/pubsub.subscriber"],
        ["dev@example.com"] = ["roles/iam.serviceAccountUser"],
    };

    [Fact]
    public async Task Deploy_WithoutYes_PrintsAndCallsNothing()
    {
        using var cloud = new RecordedCloud();

        var (exitCode, output, _) = await cloud.DeployAsync(Place);

        Assert.Equal(0, exitCode);
        Assert.Empty(cloud.Calls);
        Assert.Contains("gcloud functions deploy classify-upload", output, StringComparison.Ordinal);
        Assert.Contains("# Nothing was run.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--container", "--versioned", "--model", "gs://models/flowers", "--min-instances", "2")]
    public async Task Deploy_WithYes_CallsWhatWasPrinted(params string[] options)
    {
        using var printing = new RecordedCloud();
        using var running = new RecordedCloud();

        var (_, printed, _) = await printing.DeployAsync([.. Place, .. options]);
        var (exitCode, _, error) = await running.DeployAsync([.. Place, .. options, "--yes"]);

        Assert.True(exitCode == 0, error);
        // A job that is not there yet is created, not updated.
        var expected = Verbs(printed).Where(verb => !verb.Contains("jobs update", StringComparison.Ordinal));
        Assert.Equal(expected, running.Calls.Select(call => Assert.Single(Verbs(string.Join(' ', call)))));
    }

    [Theory]
    [InlineData]
    [InlineData("--container")]
    public async Task Deploy_OfEveryTarget_NamesATypeThatExists(params string[] options)
    {
        using var cloud = new RecordedCloud();

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, .. options, "--yes"]);

        Assert.True(exitCode == 0, error);
        var targets = cloud.Calls.Where(IsDeployment)
            .Select(call => Regex.Match(string.Join(' ', call), @"(?:--entry-point|FUNCTION_TARGET)=([\w.]+)").Groups[1].Value).Order(StringComparer.Ordinal);
        var functions = Assembly.LoadFrom(Programs.Functions).GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(contract => contract.Name is "IHttpFunction" || contract.Name.StartsWith("ICloudEventFunction", StringComparison.Ordinal)))
            .Select(type => type.FullName!).Order(StringComparer.Ordinal);
        Assert.Equal(functions, targets);
    }

    [Fact]
    public async Task Deploy_OfFunctions_RetriesEventsAndBuildsThisProject()
    {
        using var cloud = new RecordedCloud();

        await cloud.DeployAsync([.. Place, "--yes"]);

        var deployments = cloud.Calls.Where(IsDeployment).ToArray();
        Assert.All(deployments, call =>
        {
            Assert.Contains("--gen2", call);
            Assert.Contains("--runtime=dotnet10", call);
            Assert.Contains("--set-build-env-vars=GOOGLE_BUILDABLE=functions/Pipeline.Functions", call);
            Assert.Contains("--memory=1024Mi", call);
            Assert.Contains("--service-account=pipeline-worker@demo-project.iam.gserviceaccount.com", call);
            Assert.Equal(call.Contains("--trigger-http"), !call.Contains("--retry"));
        });
        var open = Assert.Single(deployments, call => call.Contains("--allow-unauthenticated"));
        Assert.Contains("classify", open);
        Assert.Contains(deployments, call => call.Contains("--trigger-location=eu") && call.Contains("--trigger-event-filters=type=google.cloud.storage.object.v1.finalized"));
        Assert.Contains(deployments, call => call.Contains("--trigger-location=eur3") && call.Contains("--trigger-event-filters-path-pattern=document=classificationRequests/{id}"));
    }

    [Fact]
    public async Task Deploy_OfContainers_SendsFirestoreEventsAsProtobuf()
    {
        using var cloud = new RecordedCloud();

        await cloud.DeployAsync([.. Place, "--container", "--yes"]);

        var triggers = cloud.Calls.Where(call => call.Contains("triggers") && call.Contains("create")).ToArray();
        Assert.Equal(4, triggers.Length);
        var firestore = Assert.Single(triggers, call => call.Contains("--event-data-content-type=application/protobuf"));
        Assert.Contains("--event-filters=type=google.cloud.firestore.document.v1.created", firestore);
        Assert.All(triggers, call => Assert.Contains("--service-account=pipeline-events@demo-project.iam.gserviceaccount.com", call));
    }

    [Theory]
    [InlineData]
    [InlineData("--container", "--model", "gs://models/flowers")]
    public async Task Deploy_GivesEachAccountItsDutyAndNoMore(params string[] options)
    {
        using var cloud = new RecordedCloud();

        await cloud.DeployAsync([.. Place, .. options, "--yes"]);

        var bindings = cloud.Calls.Where(call => call.Contains("add-iam-policy-binding")).Select(call => (Member: Value(call, "--member="), Role: Value(call, "--role="))).ToArray();
        Assert.All(bindings, binding => Assert.Contains(binding.Role, Roles[Assert.Single(Roles.Keys, key => binding.Member.Contains(key, StringComparison.Ordinal))]));
        Assert.All(Roles, account => Assert.All(account.Value, role => Assert.Contains(bindings, binding => binding.Member.Contains(account.Key, StringComparison.Ordinal) && binding.Role == role)));
    }

    [Fact]
    public async Task Deploy_SchedulesMaintainWithAToken_WhichWarmsTheOthers()
    {
        using var cloud = new RecordedCloud();

        await cloud.DeployAsync([.. Place, "--yes"]);

        var job = Assert.Single(cloud.Calls, call => call.Contains("jobs") && call.Contains("create"));
        Assert.Contains("--uri=https://maintain-abc.a.run.app", job);
        Assert.Contains("--oidc-service-account-email=pipeline-scheduler@demo-project.iam.gserviceaccount.com", job);
        Assert.Contains("--oidc-token-audience=https://maintain-abc.a.run.app", job);
        var maintain = Assert.Single(cloud.Calls, call => IsDeployment(call) && call.Contains("maintain"));
        Assert.Contains("~Pipeline__WarmUp__Urls__0=https://classify-upload-abc.a.run.app", Value(maintain, "--update-env-vars="), StringComparison.Ordinal);
        Assert.True(Seconds(Value(maintain, "--timeout=")) < Seconds(Value(job, "--attempt-deadline=")));
    }

    [Fact]
    public async Task Deploy_SetsDeadLettersLast_AndWaitsLongerThanTheFunctionMayTake()
    {
        using var cloud = new RecordedCloud();

        await cloud.DeployAsync([.. Place, "--yes"]);

        var updates = cloud.Calls.Where(call => call.Contains("subscriptions") && call.Contains("update")).ToArray();
        Assert.Equal(["classify-upload", "forget-upload", "classify-requested"], updates.Select(call => Regex.Match(call[4], "eventarc-(.*)-000001").Groups[1].Value));
        Assert.Equal(updates[^1], cloud.Calls[^1]);
        var timeout = Seconds(Value(cloud.Calls.First(call => IsDeployment(call) && call.Contains("classify-upload")), "--timeout="));
        Assert.All(updates, call =>
        {
            Assert.Contains("--dead-letter-topic=projects/demo-project/topics/pipeline-dead-letters", call);
            Assert.InRange(Seconds(Value(call, "--ack-deadline=")), timeout + 1, 600);
        });
    }

    [Fact]
    public async Task Deploy_Again_CreatesNothingTwice()
    {
        using var cloud = new RecordedCloud { Deployed = true };

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, "--yes"]);

        Assert.True(exitCode == 0, error);
        // Google's own account of Pub/Sub: asking for it twice is the same as once.
        Assert.All(cloud.Calls.Where(call => call.Contains("create")), call => Assert.Contains("identity", call));
    }

    [Theory]
    [InlineData("DATASTORE_MODE", "dotnet10", "native mode")]
    [InlineData("FIRESTORE_NATIVE", "dotnet8", "--container")]
    public async Task Deploy_ToAPlaceThatCannotHoldIt_ChangesNothing(string database, string runtimes, string wayOut)
    {
        using var cloud = new RecordedCloud { DatabaseType = database, Runtimes = runtimes };

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, "--yes"]);

        Assert.Equal(1, exitCode);
        Assert.Contains(wayOut, error, StringComparison.Ordinal);
        // The list of runtimes can only be asked for where functions are enabled.
        Assert.All(cloud.Calls, call => Assert.Contains(call, word => word is "describe" or "list" or "get-value" or "enable"));
    }

    [Fact]
    public async Task Deploy_WhoseCommandFails_StopsThere()
    {
        using var cloud = new RecordedCloud { Failing = "functions deploy forget-upload" };

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, "--yes"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("PERMISSION_DENIED", error, StringComparison.Ordinal);
        Assert.Contains("forget-upload", cloud.Calls[^1]);
    }

    [Theory]
    [InlineData("demo-project", "europe-west1")]
    [InlineData("Demo", "europe-west1", "b.appspot.com")]
    [InlineData("demo-project", "europe", "b.appspot.com")]
    [InlineData("demo-project", "europe-west1", "bucket;rm")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--cpu", "3")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--memory", "99")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--memory", "8192")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--cpu", "4", "--memory", "1024")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--prefix", "a~b")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--model", "flowers")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--model", "gs://models/flowers")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--unknown")]
    [InlineData("demo-project", "europe-west1", "b.appspot.com", "--memory")]
    public async Task Deploy_UsedWrongly_SaysHow(params string[] arguments)
    {
        using var cloud = new RecordedCloud();

        var (exitCode, _, error) = await cloud.DeployAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("deploy.sh: ", error, StringComparison.Ordinal);
        Assert.Contains("Usage: scripts/deploy.sh", error, StringComparison.Ordinal);
        Assert.Empty(cloud.Calls);
    }

    [Fact]
    public async Task Deploy_OfAPatternWithQuotes_PassesItUnchanged()
    {
        const string pattern = """us'er"s/$HOME/`x`/{uid}/**""";
        using var cloud = new RecordedCloud();

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, "--prefix", pattern, "--yes"]);

        Assert.True(exitCode == 0, error);
        Assert.All(cloud.Calls.Where(IsDeployment), call => Assert.Contains($"~Pipeline__Rules__0__Match={pattern}~", Value(call, "--update-env-vars="), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(default)", "firestore,storage")]
    [InlineData("photos", "firestore,storage")]
    [InlineData("photos", "firestore:indexes", "--keep-rules")]
    public async Task Deploy_OfRules_MeansThisDatabaseAndThisBucket(string database, string parts, params string[] options)
    {
        using var cloud = new RecordedCloud();

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, "--database", database, .. options, "--yes"]);

        Assert.True(exitCode == 0, error);
        var call = Assert.Single(cloud.Calls, call => call[0] == "firebase");
        Assert.Contains(parts, call);
        Assert.False(Directory.Exists(Path.GetDirectoryName(call[3])));
        var firestore = Assert.Single(cloud.FirebaseConfig.GetProperty("firestore").EnumerateArray());
        Assert.Equal((database, "firestore.rules", "firestore.indexes.json"), (Text(firestore, "database"), Text(firestore, "rules"), Text(firestore, "indexes")));
        var storage = Assert.Single(cloud.FirebaseConfig.GetProperty("storage").EnumerateArray());
        Assert.Equal((Place[2], "storage.rules"), (Text(storage, "bucket"), Text(storage, "rules")));

        static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Deploy_PrintedOnly_NamesTheCallWithAllItsOptions()
    {
        using var cloud = new RecordedCloud();

        var (_, output, _) = await cloud.DeployAsync([.. Place, "--keep-rules", "--prefix", "users/{uid}/a b/*"]);

        Assert.EndsWith($"scripts/deploy.sh {string.Join(' ', Place)} --keep-rules --prefix 'users/{{uid}}/a b/*' --yes", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users/{uid}/**", false)]
    [InlineData("photos/{uid}/**", true)]
    [InlineData("photos/{uid}/**", false, "--keep-rules")]
    public async Task Deploy_OfAPatternThatTheRulesDoNotSpeakOf_SaysSo(string pattern, bool isWarned, params string[] options)
    {
        using var cloud = new RecordedCloud();

        var (exitCode, _, error) = await cloud.DeployAsync([.. Place, "--prefix", pattern, .. options]);

        Assert.Equal(0, exitCode);
        Assert.Equal(isWarned, error.Contains($"not of {pattern}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_AgainWithoutTheModelOfBefore_TakesItsSettingsAway()
    {
        using var without = new RecordedCloud();
        using var with = new RecordedCloud();

        await without.DeployAsync([.. Place, "--yes"]);
        await with.DeployAsync([.. Place, "--model", "gs://models/flowers", "--yes"]);

        Assert.All(without.Calls.Where(IsDeployment), call => Assert.Contains("--remove-env-vars=Pipeline__Models__0__Name,Pipeline__Models__0__Folder", call));
        Assert.All(with.Calls.Where(IsDeployment), call =>
        {
            Assert.DoesNotContain(call, word => word.StartsWith("--remove-env-vars", StringComparison.Ordinal));
            Assert.EndsWith("~Pipeline__Models__0__Folder=gs://models/flowers", Value(call, "--update-env-vars=").Split("~Pipeline__WarmUp")[0], StringComparison.Ordinal);
        });
    }

    /// <summary>The program and the words before the first option of each command.</summary>
    private static IEnumerable<string> Verbs(string text) =>
        Regex.Matches(text, @"\b(?:gcloud|firebase)(?: [a-z][a-z-]*(?=[ )]|$)){1,3}", RegexOptions.Multiline).Select(match => match.Value);

    [Theory]
    [InlineData]
    [InlineData("--model", "gs://models/flowers")]
    public async Task Deploy_SetsOnlySettingsThatThereAre(params string[] options)
    {
        using var cloud = new RecordedCloud();

        await cloud.DeployAsync([.. Place, .. options, "--yes"]);

        var settings = cloud.Calls.Where(IsDeployment).SelectMany(call => Value(call, "--update-env-vars=")["^~^".Length..].Split('~')).Distinct()
            .Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0].Replace("__", ":", StringComparison.Ordinal), setting => setting[1]);
        var file = Path.Combine(cloud.Folder, "settings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings), TestContext.Current.CancellationToken);
        var (exitCode, output, error) = await CommandProcess.RunAsync("config", "check", file);
        Assert.True(exitCode == 0, output + error);
    }

    private static bool IsDeployment(IReadOnlyList<string> call) => call[1] is "functions" or "run" && call[2] == "deploy";

    private static string Value(IReadOnlyList<string> call, string option) => Assert.Single(call, word => word.StartsWith(option, StringComparison.Ordinal))[option.Length..];

    private static int Seconds(string text) => int.Parse(text.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);
}
