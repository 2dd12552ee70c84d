using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>
/// The one way out of a process. Each request travels for a while, is carried out whatever becomes of its sender, and its answer travels back;
/// each is a point at which the process can be killed or paused.
/// </summary>
public sealed class ProcessGate
{
    private readonly EventLoop _loop;
    private readonly VirtualProcess _process;
    private readonly VirtualProcess _network;
    private readonly Func<AwaitPoint, Interruption> _interrupt;
    private readonly Func<TimeSpan> _latency;
    private int _points;

    /// <param name="network">The context in which requests are carried out; it is never killed.</param>
    /// <param name="interrupt">Asked once for each request.</param>
    /// <param name="latency">Drawn twice for each request: there and back.</param>
    public ProcessGate(
        EventLoop loop, VirtualProcess process, VirtualProcess network, Func<AwaitPoint, Interruption> interrupt, Func<TimeSpan> latency)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(interrupt);
        ArgumentNullException.ThrowIfNull(latency);
        _loop = loop;
        _process = process;
        _network = network;
        _interrupt = interrupt;
        _latency = latency;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="call">Its name.</param>
    /// <param name="carryOut">What the other side does.</param>
    /// <param name="patience">After how long without an answer the caller is told so; infinite: never.</param>
    /// <param name="timedOut">What it is told.</param>
    public Task<T> CallAsync<T>(
        string call, Func<Task<T>> carryOut, TimeSpan patience, Func<Exception> timedOut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(carryOut);
        ArgumentNullException.ThrowIfNull(timedOut);
        _loop.RequireThread();
        var answer = new TaskCompletionSource<T>();
        if (_process.IsDead)
        {
            return answer.Task;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var interruption = _interrupt(new AwaitPoint(_process, ++_points, Actor.Current, call));
        if (interruption.Kind == InterruptionKind.KillBefore)
        {
            _process.Kill();
            return answer.Task;
        }

        if (interruption.Kind == InterruptionKind.PauseBefore)
        {
            _process.Pause(interruption.Duration, interruption.ClockStands);
        }

        var cancelling = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        var sender = ExecutionContext.Capture()!;
        _process.Do(() =>
        {
            if (patience != Timeout.InfiniteTimeSpan)
            {
                _loop.After(patience, () => _process.Do(() => answer.TrySetException(timedOut())));
            }

            _loop.After(_latency(), () => _network.Do(() =>
                ExecutionContext.Run(sender, _ => { _ = AnswerAsync(carryOut, answer, interruption, cancelling); }, null)));
        });
        return answer.Task;
    }

    private async Task AnswerAsync<T>(
        Func<Task<T>> carryOut, TaskCompletionSource<T> answer, Interruption interruption, CancellationTokenRegistration cancelling)
    {
        T result = default!;
        Exception? failure = null;
        try
        {
            result = await carryOut();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        switch (interruption.Kind)
        {
            case InterruptionKind.KillAfter:
                _process.Kill();
                return;
            case InterruptionKind.PauseAfter:
                _process.Pause(interruption.Duration, interruption.ClockStands);
                break;
        }

        _loop.After(_latency(), () => _process.Do(() =>
        {
            cancelling.Dispose();
            if (failure is null)
            {
                answer.TrySetResult(result);
            }
            else
            {
                answer.TrySetException(failure);
            }
        }));
    }
}
