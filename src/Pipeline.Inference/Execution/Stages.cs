using System.Diagnostics;

namespace Pipeline.Inference.Execution;

/// <summary>The stages of loading a model and of classifying, as activities. Where nobody listens to the source, none is made.</summary>
public static class Stages
{
    private static readonly ActivitySource Source = new("Pipeline.Inference");

    /// <summary>Begins a stage on this thread; disposing of it ends it.</summary>
    /// <returns>Null where nobody listens.</returns>
    public static Activity? Begin(string name) => Source.HasListeners() ? Source.StartActivity(name) : null;
}
