using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

public sealed class ByPath : IFunctionRoutes
{
    public void Map(FunctionRoutes routes) => routes
        .Add<StoredObjects>("/events/storage")
        .Add<GoneObjects>("/events/storage")
        .Add<ChangedDocuments>("/events/firestore")
        .Add<ScriptedHttp>("/call");
}
