using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.World;

/// <summary>The code under test, as one process runs it.</summary>
public interface IWorkerCode
{
    /// <summary>Handles an event of the bucket.</summary>
    Task<WorkerAnswer> HandleAsync(ObjectEvent objectEvent, CancellationToken cancellationToken);

    /// <summary>Handles an event that the platform gave up on.</summary>
    Task<WorkerAnswer> CaptureAsync(ObjectEvent objectEvent, CancellationToken cancellationToken);

    Task<SweepAnswer> SweepAsync(CancellationToken cancellationToken);

    /// <summary>Asks for an object to be classified again; answers what became of it.</summary>
    Task<string> RedriveAsync(string bucket, string name, CancellationToken cancellationToken);

    /// <summary>The process is to end soon: give back what is in work.</summary>
    void Stop();
}
