using System.Text.Json;

namespace Pipeline.Cli.Running;

/// <summary>The known top labels of sample pictures, from <c>expected.json</c> beside them: <c>{"coffee.jpg": {"label": "espresso", …}, …}</c>.</summary>
internal sealed class SampleExpectations
{
    private const string FileName = "expected.json";

    private readonly Dictionary<string, string> _labels;

    private SampleExpectations(Dictionary<string, string> labels)
    {
        _labels = labels;
    }

    /// <summary>Reads the file; without one nothing is expected.</summary>
    /// <exception cref="ArgumentException">The file is not in its form.</exception>
    public static SampleExpectations Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new SampleExpectations([]);
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new SampleExpectations(document.RootElement.EnumerateObject().ToDictionary(
                sample => sample.Name, sample => sample.Value.GetProperty("label").GetString() ?? string.Empty, StringComparer.Ordinal));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new ArgumentException($"{path} must be an object of samples, each with a \"label\": {error.Message}", error);
        }
    }

    /// <summary>The label that a sample must get; null where none is known.</summary>
    public string? LabelOf(string file) => _labels.GetValueOrDefault(file);
}
