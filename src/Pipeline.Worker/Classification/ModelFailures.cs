using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Models;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Worker.Classification;

/// <summary>Tells a model's failures from those of this code.</summary>
internal static class ModelFailures
{
    /// <summary>Whether an exception of a run speaks of the model: another picture would fail the same way.</summary>
    public static bool IsOfModel(Exception error) =>
        error is InvalidNodeException or UnsupportedNodeException or InvalidSessionInputException or MemoryLimitExceededException
            or InvalidModelException or UnsupportedModelException or InvalidLabelsException or InvalidManifestException or UnsupportedManifestException;
}
