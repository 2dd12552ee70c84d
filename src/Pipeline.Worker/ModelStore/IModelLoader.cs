namespace Pipeline.Worker.ModelStore;

/// <summary>Brings a model into memory.</summary>
public interface IModelLoader
{
    /// <summary>Loads a model on the calling thread. Any exception means that the model cannot be used as it lies there.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IServedModel Load(ModelSource source, CancellationToken cancellationToken);
}
