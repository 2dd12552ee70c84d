using System.Collections.Immutable;
using System.IO.Compression;
using Pipeline.Benchmarks.Engine;
using Pipeline.Inference.Measuring;
using Pipeline.Models.SavedModel;
using Pipeline.Testing.Uploads;

namespace Pipeline.Benchmarks.Starting;

/// <summary>
/// What is started: the published programs with the sample model and with a MobileNetV2, and an empty application beside them; then the way of an upload
/// with the stores of this machine, and with Firestore and Google's storage client.
/// </summary>
internal static class StartCases
{
    /// <summary>The worker without a model: what loading one is compared with.</summary>
    public const string IdleHost = "worker without a model";

    private const string Net = "mobilenet_v2";
    private const string Published = "artifacts/publish";
    private const string Manifest =
        """{ "input": { "width": 224, "height": 224, "fit": "cover", "resize": "pil-bilinear", "mean": [127.5], "std": [127.5] }, "output": { "activation": "none" } }""";

    /// <summary>The worker's data folder.</summary>
    public static string Data(string scratch) => Path.Combine(scratch, "data");

    /// <param name="checkout">Where the programs have been published.</param>
    /// <param name="nets">The folder of the performance nets.</param>
    /// <param name="scratch">An empty folder, for the MobileNetV2 and what the worker writes.</param>
    /// <param name="objects">The objects of uploads, in the worker's data folder.</param>
    /// <param name="firestore">Host and port of the Firestore emulator; null leaves out what needs it.</param>
    /// <exception cref="DirectoryNotFoundException">A program has not been published.</exception>
    public static ImmutableArray<StartCase> Create(string checkout, string nets, string scratch, StorageHost objects, string? firestore)
    {
        var command = Program(checkout, "Pipeline.Cli", "pipeline.dll");
        var worker = Program(checkout, "Pipeline.Functions", "Pipeline.Functions.dll");
        var picture = Path.Combine(checkout, "scripts/samples/camera.jpg");
        var content = File.ReadAllBytes(picture);
        var net = Unpack(nets, Path.Combine(scratch, "model"));
        (string Name, string Folder)[] models = [("sample model", Path.Combine(checkout, Published, "Pipeline.Functions/release/model")), ("MobileNetV2", net)];
        var cases = ImmutableArray.CreateBuilder<StartCase>();
        cases.Add(new StartCase(
            "empty ASP.NET Core", [Program(checkout, "Pipeline.EmptyApp", "Pipeline.EmptyApp.dll"), "--urls", "http://127.0.0.1:{port}"], [], new PathQuestion("/"), 0));
        cases.Add(new StartCase(IdleHost, [worker], Host("CaptureDeadLetter", scratch, null), new PathQuestion("/health/ready"), 0));
        foreach (var (name, folder) in models)
        {
            var bytes = WeightBytes(folder);
            cases.Add(new StartCase($"pipeline classify, {name}", [command, "classify", picture, "--model", folder, "--json"], [], null, bytes));
            cases.Add(new StartCase($"worker, {name}", [worker], Host("Serve", scratch, folder), new PictureQuestion("/classify", content), bytes));
        }

        var here = Host("ClassifyUpload", scratch, net).Add("Pipeline__Buckets__0__Bucket", StorageHost.Bucket);
        cases.Add(new StartCase("upload, MobileNetV2, SQLite and a folder", [worker], here, new EventQuestion(objects, content), WeightBytes(net)));
        if (firestore is not null)
        {
            var google = here
                .Add("Pipeline__Firestore__EmulatorHost", firestore)
                .Add("Pipeline__Firestore__Project", $"demo-start-{Guid.NewGuid():N}"[..30])
                .Add("Pipeline__Storage__EmulatorHost", objects.Address.Authority);
            cases.Add(new StartCase("upload, MobileNetV2, Firestore and Google's storage client", [worker], google, new EventQuestion(objects, content), WeightBytes(net)));
        }

        return cases.ToImmutable();
    }

    private static ImmutableDictionary<string, string> Host(string target, string scratch, string? model)
    {
        var variables = ImmutableDictionary<string, string>.Empty
            .Add("FUNCTION_TARGET", $"Pipeline.Functions.{target}")
            .Add("PORT", "{port}")
            .Add("Pipeline__Embedded__Data", Data(scratch));
        return model is null ? variables : variables.Add("Pipeline__Models__0__Name", "measured").Add("Pipeline__Models__0__Folder", model);
    }

    private static string Program(string checkout, string project, string file)
    {
        var path = Path.Combine(checkout, Published, project, "release", file);
        return File.Exists(path) ? path : throw new DirectoryNotFoundException($"{path} is missing; scripts/bench.sh start publishes it.");
    }

    private static string Unpack(string nets, string folder)
    {
        var net = PerformanceNet.Find(nets, [Net]).FirstOrDefault() ?? throw new DirectoryNotFoundException($"{nets} has no {Net}.");
        ZipFile.ExtractToDirectory(net.SavedModel.FullPath, folder);
        var model = Path.Combine(folder, PerformanceCase.MemberOf(net.SavedModel));
        File.WriteAllText(Path.Combine(model, "model.json"), Manifest);
        File.WriteAllLines(Path.Combine(model, "labels.txt"), Enumerable.Range(0, 1000).Select(index => $"class {index}"));
        return model;
    }

    private static long WeightBytes(string folder)
    {
        var graph = SavedModelReader.Read(folder).Graph;
        return GraphCosts.Of(graph, [.. graph.Inputs.Select(input => input.Shape)]).Parameters * sizeof(float);
    }
}
