namespace Pipeline.Worker.ModelStore;

/// <summary>One request's hold on a version.</summary>
internal sealed class ModelUse
{
    private readonly ServedVersion _version;

    public ModelUse(ServedVersion version)
    {
        _version = version;
    }

    public IServedModel Model => _version.Model;

    public void End() => _version.Release();
}
