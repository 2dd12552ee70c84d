namespace Pipeline.Worker.ModelStore;

/// <summary>How far a model is.</summary>
public enum ModelState
{
    /// <summary>Not yet begun.</summary>
    Waiting,

    /// <summary>Being loaded and warmed.</summary>
    Loading,

    /// <summary>Loaded and warmed.</summary>
    Ready,

    /// <summary>Could not be loaded or warmed; the next request after a while tries again.</summary>
    Failed,
}
