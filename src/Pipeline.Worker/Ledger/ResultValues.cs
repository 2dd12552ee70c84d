using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Ledger;

/// <summary>The maps inside a result document.</summary>
internal static class ResultValues
{
    public static DocumentValue Labels(ImageClassification classification) => new DocumentValue.ArrayValue(
        [.. classification.Labels.Select(static label => Values.Map(
            (FieldNames.Label, label.Label),
            (FieldNames.Score, label.Score),
            (FieldNames.Index, (long)label.Index)))]);

    public static DocumentValue Model(ModelIdentity model) => Values.Map(
        (FieldNames.Name, model.Name),
        (FieldNames.Version, model.Version),
        (FieldNames.Sha256, model.Sha256),
        (FieldNames.Format, model.Format),
        (FieldNames.Arm, Values.Text(model.Arm)));

    public static DocumentValue Image(ImageFacts image) => Values.Map(
        (FieldNames.Format, image.Format),
        (FieldNames.Width, (long)image.Width),
        (FieldNames.Height, (long)image.Height),
        (FieldNames.Bytes, image.Bytes),
        (FieldNames.Orientation, (long)image.Orientation));

    public static DocumentValue Error(Failure failure, bool retryable) => Values.Map(
        (FieldNames.Code, failure.Code.Name),
        (FieldNames.Message, failure.Message),
        (FieldNames.Retryable, retryable));

    public static DocumentValue Timings(ClassificationTimings timings, ProcessingTimes times) => Values.Map(
        ("queueMs", Milliseconds(times.Queue)),
        ("downloadMs", Milliseconds(times.Download)),
        ("decodeMs", Milliseconds(timings.Decode)),
        ("preprocessMs", Milliseconds(timings.Preprocess)),
        ("inferenceMs", Milliseconds(timings.Inference)),
        ("totalMs", Milliseconds(times.Total)),
        ("cold", timings.Cold));

    private static DocumentValue Milliseconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalMilliseconds), 3);
}
