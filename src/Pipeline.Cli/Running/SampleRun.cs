using System.Globalization;
using System.Text.Json;
using Pipeline.Cli.Classifying;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;
using Spectre.Console;

namespace Pipeline.Cli.Running;

/// <summary>Uploads sample pictures as an app would, waits for their documents, and prints them.</summary>
internal static class SampleRun
{
    private const string Prefix = "users/demo/";
    private const string Results = "classifications";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <param name="address">Where uploads go, up to the object's name.</param>
    /// <returns>0 if every sample got its known label, else 1.</returns>
    /// <exception cref="ArgumentException">The folder holds no pictures, or is not there.</exception>
    public static async Task<int> RunAsync(
        string folder, string address, HttpClient http, IDocumentStore documents, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new ArgumentException($"--samples: there is no folder {folder}.", nameof(folder));
        }

        string[] files = [.. Directory.EnumerateFiles(folder).Where(PictureFiles.IsPicture).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new ArgumentException($"--samples: {folder} holds no pictures.", nameof(folder));
        }

        var expected = SampleExpectations.Read(folder);
        var samples = new List<Sample>();
        foreach (var file in files)
        {
            samples.Add(await UploadAsync(file, address, http, cancellationToken));
        }

        await WaitAsync(samples, documents, time, cancellationToken);
        Write(samples, expected);
        return samples.All(sample => sample.Label is not null && (expected.LabelOf(sample.File) ?? sample.Label) == sample.Label) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<Sample> UploadAsync(string file, string address, HttpClient http, CancellationToken cancellationToken)
    {
        var name = Prefix + Path.GetFileName(file);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, cancellationToken));
        content.Headers.ContentType = new(ContentType(file));
        using var answer = await http.PostAsync(new Uri(address + Uri.EscapeDataString(name)), content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new IOException($"The upload of {name} was answered with {(int)answer.StatusCode}: {body}");
        }

        using var json = JsonDocument.Parse(body);
        var generation = long.Parse(json.RootElement.GetProperty("generation").GetString()!, CultureInfo.InvariantCulture);
        return new Sample(Path.GetFileName(file), name, generation, null);
    }

    private static async Task WaitAsync(List<Sample> samples, IDocumentStore documents, TimeProvider time, CancellationToken cancellationToken)
    {
        DocumentPath[] paths = [.. samples.Select(sample => new DocumentPath(Results, DocumentIds.FromName(sample.Name)))];
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience)
        {
            var read = await documents.GetAsync(paths, cancellationToken);
            for (var index = 0; index < samples.Count; index++)
            {
                samples[index] = samples[index] with { Document = read.Documents[index] };
            }

            if (samples.All(sample => sample.IsFinal))
            {
                return;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private static void Write(List<Sample> samples, SampleExpectations expected)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("object", "status", "label", "score", "ms");
        foreach (var sample in samples)
        {
            var label = sample.Label ?? sample.ErrorCode ?? string.Empty;
            var wanted = expected.LabelOf(sample.File);
            table.AddRow(
                new Text(sample.Name),
                new Text(sample.Status),
                new Text(wanted is null || wanted == sample.Label ? label : $"{label} (expected {wanted})"),
                new Text(sample.Score?.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty),
                new Text(sample.TotalMilliseconds?.ToString("0", CultureInfo.InvariantCulture) ?? string.Empty));
        }

        AnsiConsole.Write(table);
        Console.WriteLine();
    }

    private static string ContentType(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".WEBP" => "image/webp",
        ".GIF" => "image/gif",
        ".BMP" => "image/bmp",
        _ => "image/jpeg",
    };
}
