using Pipeline.Worker.Classification;

namespace Pipeline.Worker.ModelStore;

/// <summary>A model as it stands, for operators.</summary>
/// <param name="IsDefault">Whether rules that name no model use it.</param>
/// <param name="Identity">Where it is ready.</param>
/// <param name="Reason">Where it failed: the whole message, with paths.</param>
/// <param name="Serving">Where it is ready: what answers.</param>
/// <param name="Update">Another package that lies there, on its way or refused; null where there is none.</param>
public sealed record ModelOverview(
    ModelSource Source, bool IsDefault, ModelState State, ModelIdentity? Identity, string? Reason, ModelServing? Serving, ModelUpdate? Update);
