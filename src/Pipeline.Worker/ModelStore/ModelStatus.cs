using Pipeline.Models.Package;

namespace Pipeline.Worker.ModelStore;

/// <summary>A model as it stands.</summary>
/// <param name="Facts">Where it is ready: of the version that answers.</param>
/// <param name="Reason">Where it failed: the whole message, with paths; for operators only.</param>
public sealed record ModelStatus(ModelSource Source, ModelState State, ModelFacts? Facts, string? Reason)
{
    /// <summary>Where it is ready: what answers.</summary>
    public ModelServing? Serving { get; init; }

    /// <summary>Another package that lies there, on its way or refused; null where there is none.</summary>
    public ModelUpdate? Update { get; init; }
}
