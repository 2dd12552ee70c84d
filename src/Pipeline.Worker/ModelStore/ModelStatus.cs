using Pipeline.Models.Package;

namespace Pipeline.Worker.ModelStore;

/// <summary>A model as it stands.</summary>
/// <param name="Facts">Where it is ready.</param>
/// <param name="Reason">Where it failed: the whole message, with paths; for operators only.</param>
public sealed record ModelStatus(ModelSource Source, ModelState State, ModelFacts? Facts, string? Reason);
