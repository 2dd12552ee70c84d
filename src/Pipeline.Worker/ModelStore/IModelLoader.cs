using System.Collections.Immutable;

namespace Pipeline.Worker.ModelStore;

/// <summary>Finds models and brings them into memory.</summary>
public interface IModelLoader
{
    /// <summary>What lies there now, the newest first. Reads no content.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such model, or not the version that is asked for.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    ImmutableArray<ModelCandidate> Look(ModelSource source);

    /// <summary>Loads a model on the calling thread. Any exception means that the model cannot be used as it lies there.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IServedModel Load(ModelSource source, ModelCandidate candidate, CancellationToken cancellationToken);
}
