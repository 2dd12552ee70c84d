using System.Text;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;

namespace Pipeline.Testing.Simulation.World;

/// <summary>A model that does with an upload what its content says, and takes time for it.</summary>
internal sealed class SimulatedClassifier : IImageClassifier
{
    private static readonly ModelIdentity Model = new("simulated", "1", new string('a', 64), "saved_model", null);

    private readonly SimulationWorld _world;
    private readonly VirtualProcess _process;
    private readonly ProcessGate _gate;
    private readonly Chance _chance;

    public SimulatedClassifier(SimulationWorld world, VirtualProcess process, ProcessGate gate)
    {
        _world = world;
        _process = process;
        _gate = gate;
        _chance = new Chance(world.Plan.Seed, $"classifier of {process.Name}");
    }

    public Task<bool> WaitUntilReadyAsync(string? model, CancellationToken cancellationToken)
    {
        if (_world.IsCalm || !_chance.Happens(_world.Plan.ModelNotReadyRate))
        {
            return Task.FromResult(true);
        }

        _world.CountBadLuck();
        return Task.FromResult(false);
    }

    public async Task<ImageClassification> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken)
    {
        var content = ObjectContent.Parse(Encoding.UTF8.GetString(request.Content.Span));
        var lease = _world.Plan.Worker.Lease;
        var duration = content.Kind == ContentKind.Slow
            ? _chance.Between(lease / 2, lease * 2.5)
            : _chance.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2));

        // Nothing is sent anywhere: the gate makes the begin of an inference a point at which the process can be stopped.
        await _gate.CallAsync("classify", () => Task.FromResult(true), Timeout.InfiniteTimeSpan, () => new TimeoutException(), cancellationToken);
        await Task.Delay(duration, _process.Clock, cancellationToken);
        switch (content.Kind)
        {
            case ContentKind.Poison:
                _process.Kill();
                return await new TaskCompletionSource<ImageClassification>().Task;
            case ContentKind.Permanent:
                throw new ClassificationException(FailureCode.NotAnImage, "This is no image.");
            case ContentKind.Unconfigured when !_world.IsCalm:
                throw new ClassificationException(FailureCode.ModelNotFound, "No such model is configured.");
            case ContentKind.Hopeless:
            case ContentKind.Flaky when !_world.IsCalm && _chance.Happens(0.5):
                throw new ClassificationException(FailureCode.ClassificationTimedOut, "Classification took too long.");
        }

        _world.History.Add(new SimulationEntry.Inferred(_world.Loop.Now, Actor.Current, content.ToString()));
        return new ImageClassification(
            content.Label,
            0.75,
            [new LabelScore(content.Label, 0.75, 1)],
            Model,
            new ImageFacts("png", 8, 8, request.Content.Length, 1),
            new ClassificationTimings(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), false));
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
