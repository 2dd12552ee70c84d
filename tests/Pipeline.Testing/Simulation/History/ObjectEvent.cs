using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.History;

/// <summary>What the platform tells of an object.</summary>
/// <param name="Id">The same for every delivery of it.</param>
/// <param name="Deleted">The generation is gone; else it has come to be.</param>
public sealed record ObjectEvent(string Id, bool Deleted, ObjectVersion Version)
{
    public override string ToString() => $"{Id} {(Deleted ? "deleted" : "finalized")} {Version}";
}
