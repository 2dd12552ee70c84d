using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Uploads;

/// <summary>Where an object's state is kept and what is to be done with it: a rule of the configuration applied to a name.</summary>
/// <param name="Result">The result document.</param>
/// <param name="Letter">The dead letter; same id.</param>
/// <param name="Rule">The rule's pattern.</param>
/// <param name="Model">The model's name, or null for the default model.</param>
/// <param name="Owner">What the pattern captured as <c>{uid}</c>, or null.</param>
/// <param name="Types">The content types that the rule takes.</param>
/// <param name="AppDocument">A document of the app's own, or null.</param>
public sealed record UploadTarget(
    string Bucket,
    string Name,
    DocumentPath Result,
    DocumentPath Letter,
    string Rule,
    string? Model,
    string? Owner,
    ContentTypes Types,
    AppDocument? AppDocument)
{
    public ObjectVersion At(long generation) => new(Bucket, Name, generation);
}
