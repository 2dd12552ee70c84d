using Pipeline.Testing.Simulation.Scheduling;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>Interrupts one await of a kind of work, chosen by its number, once.</summary>
internal sealed class EveryAwait
{
    private readonly string _work;
    private readonly int _number;
    private readonly Interruption _interruption;
    private int _awaits;

    /// <param name="work">As in the actor's name: <c>upload</c>, <c>removal</c>, <c>sweep</c>.</param>
    /// <param name="number">From 1, counted over all processes.</param>
    public EveryAwait(string work, int number, Interruption interruption)
    {
        _work = work;
        _number = number;
        _interruption = interruption;
    }

    /// <summary>The await that was interrupted; null where the work never came so far.</summary>
    public AwaitPoint? Hit { get; private set; }

    public Interruption At(AwaitPoint point)
    {
        if (!point.Actor.Contains($"/{_work}", StringComparison.Ordinal) || ++_awaits != _number)
        {
            return Interruption.None;
        }

        Hit = point;
        return _interruption;
    }
}
