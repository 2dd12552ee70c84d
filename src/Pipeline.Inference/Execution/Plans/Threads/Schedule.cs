using System.Collections.Immutable;

namespace Pipeline.Inference.Execution.Plans.Threads;

/// <summary>Runs the steps of a plan one after another, each on one thread or divided between several, as the machine and other runs allow.</summary>
internal sealed class Schedule
{
    private readonly ImmutableArray<PlanStep> _steps;
    private readonly ImmutableArray<int> _alone;
    private readonly ImmutableArray<int> _together;
    private readonly WorkerPool _pool;
    private readonly int _threads;

    public Schedule(IReadOnlyList<PlanStep> steps, PlanResources resources)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(resources);
        _steps = [.. steps];
        _pool = resources.Pool;
        var sharing = resources.Sharing;
        _alone = [.. steps.Select(sharing.Alone)];
        _threads = sharing.IsWorthIt(steps, resources.Threads) ? resources.Threads : 1;
        _together = [.. steps.Select(step => sharing.Together(step, _threads))];
    }

    /// <param name="clock">Notes the steps; null: nobody wants to know.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled. No thread works on it any more.</exception>
    public void Run(in PlanRun run, StepClock? clock, CancellationToken cancellationToken)
    {
        _pool.Enter();
        var together = _threads > 1 && _pool.TryTake(_threads, in run, cancellationToken);
        try
        {
            clock?.Start();
            for (var index = 0; index < _steps.Length; index++)
            {
                var step = _steps[index];
                cancellationToken.ThrowIfCancellationRequested();
                if (together && _together[index] > 1)
                {
                    _pool.Run(step, _together[index]);
                }
                else
                {
                    RunAlone(step, _alone[index], in run, cancellationToken);
                }

                clock?.Note(step);
            }
        }
        finally
        {
            if (together)
            {
                _pool.Release();
            }

            _pool.Leave();
        }
    }

    private static void RunAlone(PlanStep step, int shares, in PlanRun run, CancellationToken cancellationToken)
    {
        for (var share = 0; share < shares; share++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            step.Run(in run, share, shares);
        }
    }
}
