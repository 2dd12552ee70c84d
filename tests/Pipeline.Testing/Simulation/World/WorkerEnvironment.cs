using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.World;

/// <summary>All that one process can reach.</summary>
/// <param name="Name">Of the process.</param>
/// <param name="Random">Even chance from 0 to below 1.</param>
public sealed record WorkerEnvironment(
    string Name,
    SimulationPlan Plan,
    IDocumentStore Documents,
    IObjectStore Objects,
    IImageClassifier Classifier,
    TimeProvider Time,
    Func<double> Random);
