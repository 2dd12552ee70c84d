namespace Pipeline.Models.Package;

/// <summary>A model package that is not loaded. The derived types say why; loading the same files again would fail the same way.</summary>
public abstract class ModelPackageException : Exception
{
    private protected ModelPackageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
