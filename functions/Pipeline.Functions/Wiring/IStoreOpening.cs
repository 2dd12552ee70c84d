namespace Pipeline.Functions.Wiring;

/// <summary>A store that is opened behind the open port.</summary>
internal interface IStoreOpening
{
    /// <summary>Opens it; does nothing where it is open.</summary>
    /// <exception cref="Pipeline.Worker.Documents.DocumentStoreException">It cannot be opened now.</exception>
    /// <exception cref="Pipeline.Worker.Uploads.ObjectStoreException">It cannot be opened now.</exception>
    Task OpenAsync(CancellationToken cancellationToken);
}
