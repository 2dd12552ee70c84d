using Pipeline.Testing.Emulators;

namespace Pipeline.Clients.Tests.Support;

/// <summary><c>pipeline run --firestore emulator</c> on a project of its own, with the rules of the repository.</summary>
internal sealed class LocalFirebase : IAsyncDisposable
{
    private LocalFirebase(string project, Uri firestore, LocalRunProcess run)
    {
        Project = project;
        Firestore = firestore;
        Run = run;
    }

    public string Project { get; }

    /// <summary>The Firestore emulator.</summary>
    public Uri Firestore { get; }

    public LocalRunProcess Run { get; }

    /// <summary>The README's modules with this product's addresses, where node finds the packages that they import.</summary>
    public string Snippets => Path.Combine(NodeScript.Folder, "node_modules", $".readme-{Project}");

    /// <param name="variables">Environment variables of the process besides.</param>
    internal static async Task<LocalFirebase> StartAsync(FirestoreEmulator emulator, params (string Name, string Value)[] variables)
    {
        NodeScript.Require();
        var firestore = await emulator.StartAsync();
        var project = FirestoreEmulator.NewProject();
        var rules = await File.ReadAllTextAsync(Path.Combine(Programs.Checkout, "firestore.rules"), TestContext.Current.CancellationToken);
        await emulator.LoadRulesAsync(project, rules);
        var all = new Dictionary<string, string> { ["FIRESTORE_EMULATOR_HOST"] = firestore.Authority, ["GOOGLE_CLOUD_PROJECT"] = project };
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        var firebase = new LocalFirebase(project, firestore, await LocalRunProcess.StartAsync(["--firestore", "emulator"], all));
        await ReadmeSnippets.WriteAsync(
            firebase.Snippets, ("demo-pipeline", project), ("8085", $"{firestore.Port}"), ("9199", $"{firebase.Run.Storage.Port}"), ("8080", $"{firebase.Run.Worker.Port}"));
        return firebase;
    }

    /// <summary>What every program of the folder <c>Node</c> is told, and what else it needs.</summary>
    public Dictionary<string, object> Input(params (string Name, object Value)[] others)
    {
        var input = new Dictionary<string, object>
        {
            ["project"] = Project,
            ["bucket"] = LocalRunProcess.Bucket,
            ["firestorePort"] = Firestore.Port,
            ["storagePort"] = Run.Storage.Port,
            ["workerPort"] = Run.Worker.Port,
            ["data"] = Run.Data,
            ["snippets"] = Snippets,
            ["samples"] = Programs.Samples,
        };
        foreach (var (name, value) in others)
        {
            input[name] = value;
        }

        return input;
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(Snippets))
        {
            Directory.Delete(Snippets, recursive: true);
        }

        return Run.DisposeAsync();
    }
}
