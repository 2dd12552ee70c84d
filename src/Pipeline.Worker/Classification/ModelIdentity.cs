using Pipeline.Models.Package;

namespace Pipeline.Worker.Classification;

/// <summary>Which model spoke.</summary>
/// <param name="Sha256">Of the model package, lower-case hex.</param>
/// <param name="Format">For example <c>saved_model</c>, <c>tflite</c>.</param>
/// <param name="Arm">The arm of an experiment, or null where there is none.</param>
public sealed record ModelIdentity(string Name, string Version, string Sha256, string Format, string? Arm)
{
    internal static ModelIdentity Of(ModelFacts facts, string? arm) => new(facts.Name, facts.Version, facts.Sha256, NameOf(facts.Format), arm);

    private static string NameOf(ModelFormat format) => format switch
    {
        ModelFormat.SavedModel => "saved_model",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This format has no name in documents."),
    };
}
