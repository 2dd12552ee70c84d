namespace Pipeline.Worker.ModelStore;

/// <summary>How far a newer version is.</summary>
public enum ModelUpdateState
{
    /// <summary>Its files have not stood still for long enough yet.</summary>
    Settling,

    /// <summary>The version before the one that answers is still in use: a third is not loaded beside both.</summary>
    Waiting,

    /// <summary>Being loaded and warmed beside the one that answers.</summary>
    Loading,

    /// <summary>It cannot be used; the one before goes on answering until the files change.</summary>
    Refused,
}
