using Pipeline.Hosting.Functions;

namespace Pipeline.Functions;

/// <summary>All functions of one process, each under its own path: for one machine.</summary>
public sealed class Serve : IFunctionRoutes
{
    /// <summary>Where Firebase's clients look for a callable once they are connected to an emulator of functions.</summary>
    private const string EmulatedCallable = "/{project}/{region}/classify";

    public void Map(FunctionRoutes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes
            .Add<ClassifyUpload>("/events/storage")
            .Add<ForgetUpload>("/events/storage")
            .Add<ClassifyRequested>("/events/firestore")
            .Add<CaptureDeadLetter>("/events/dead-letters")
            .Add<Maintain>("/maintain")
            .Add<Classify>("/classify")
            .Add<Classify>(EmulatedCallable);
    }
}
