using System.Text;
using System.Text.Json;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package.Manifest;

public sealed class ManifestTextTests
{
    [Fact]
    public void Compose_ValuesInAnyOrder_AreOneKeyALineInTheFilesOrder()
    {
        var text = ManifestText.Compose(new Dictionary<string, string>
        {
            ["$.output.top"] = "3",
            ["$.input.resize"] = "\"pil-box\"",
            ["$.input.mean"] = "[1, 2, 3]",
            ["$.input.tensor"] = ManifestText.Of("größe \"1\""),
            ["$.name"] = "\"flowers\"",
            ["$.$schema"] = "\"model.schema.json\"",
            ["$.unknown"] = "1",
        });

        Assert.Equal(
            """
            {
              "$schema": "model.schema.json",
              "name": "flowers",
              "input": {
                "tensor": "größe \"1\"",
                "resize": "pil-box",
                "mean": [1, 2, 3]
              },
              "output": {
                "top": 3
              }
            }
            """,
            text);
    }

    [Fact]
    public void Compose_EveryKeyOfAWholeManifest_IsReadAgainAlike()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(ManifestSamples.Whole);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name is "input" or "output")
            {
                foreach (var inner in property.Value.EnumerateObject())
                {
                    values[$"$.{property.Name}.{inner.Name}"] = inner.Value.GetRawText();
                }
            }
            else
            {
                values[$"$.{property.Name}"] = property.Value.GetRawText();
            }
        }

        var text = ManifestText.Compose(values);

        Assert.Equal(Sorted(document.RootElement), Sorted(JsonDocument.Parse(text).RootElement));
        ManifestReader.Read(Encoding.UTF8.GetBytes(text), "test");
    }

    [Theory]
    [InlineData(127.5, "127.5")]
    [InlineData(0, "0")]
    [InlineData(1e-6, "1E-06")]
    [InlineData(0.1, "0.1")]
    public void Of_Number_IsShortJson(double number, string json)
    {
        Assert.Equal(json, ManifestText.Of(number));
        Assert.Equal(number, JsonDocument.Parse(json).RootElement.GetDouble());
    }

    [Fact]
    public void Of_EqualNumbers_IsOneNumber()
    {
        Assert.Equal("2", ManifestText.Of(2, 2, 2));
        Assert.Equal("[1, 2.5]", ManifestText.Of(1, 2.5));
    }

    private static string Sorted(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => $"{property.Name}:{Sorted(property.Value)}"))}}}"
        : element.GetRawText();
}
