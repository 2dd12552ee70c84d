using System.Text.Json;
using Pipeline.Worker.Classification;

namespace Pipeline.Functions.Calls;

/// <summary>A classification as JSON, with the field names of the result documents.</summary>
internal static class ClassificationJson
{
    public static void Write(Utf8JsonWriter json, ImageClassification classification)
    {
        json.WriteStartObject();
        json.WriteString("label", classification.Label);
        WriteNumber(json, "score", classification.Score);
        json.WriteStartArray("labels");
        foreach (var label in classification.Labels)
        {
            json.WriteStartObject();
            json.WriteString("label", label.Label);
            json.WriteNumber("score", label.Score);
            json.WriteNumber("index", label.Index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteModel(json, classification.Model);
        WriteImage(json, classification.Image);
        WriteTimings(json, classification.Timings);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ModelIdentity model)
    {
        json.WriteStartObject("model");
        json.WriteString("name", model.Name);
        json.WriteString("version", model.Version);
        json.WriteString("sha256", model.Sha256);
        json.WriteString("format", model.Format);
        if (model.Arm is not null)
        {
            json.WriteString("arm", model.Arm);
        }

        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, ImageFacts image)
    {
        json.WriteStartObject("image");
        json.WriteString("format", image.Format);
        json.WriteNumber("width", image.Width);
        json.WriteNumber("height", image.Height);
        json.WriteNumber("bytes", image.Bytes);
        json.WriteNumber("orientation", image.Orientation);
        json.WriteEndObject();
    }

    private static void WriteTimings(Utf8JsonWriter json, ClassificationTimings timings)
    {
        json.WriteStartObject("timings");
        json.WriteNumber("decodeMs", Milliseconds(timings.Decode));
        json.WriteNumber("preprocessMs", Milliseconds(timings.Preprocess));
        json.WriteNumber("inferenceMs", Milliseconds(timings.Inference));
        json.WriteBoolean("cold", timings.Cold);
        json.WriteEndObject();
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
