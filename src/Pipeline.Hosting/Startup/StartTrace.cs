using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text;

namespace Pipeline.Hosting.Startup;

/// <summary>
/// Writes where the time goes from the start of the process to the first label: all activities of the product up to then. Not asked for, it does not exist, and no
/// activity is made. Safe for use by several threads.
/// </summary>
public sealed class StartTrace : IDisposable
{
    /// <summary>The flag that asks for it.</summary>
    public const string Flag = "--trace-start";

    /// <summary>The environment variable that asks for it, set to <c>1</c> or <c>true</c>.</summary>
    public const string Variable = "PIPELINE_TRACE_START";

    /// <summary>The activity whose end is the first label.</summary>
    public const string LastStage = "classify";

    private static readonly ActivitySource Source = new("Pipeline.Hosting");

    private readonly Lock _lock = new();
    private readonly List<StartStage> _stages = [];
    private readonly TextWriter _output;
    private readonly DateTimeOffset _processStart;
    private readonly ActivityListener _listener;
    private bool _isWritten;

    private StartTrace(TextWriter output, DateTimeOffset processStart, TimeSpan untilNow)
    {
        _output = output;
        _processStart = processStart;
        _stages.Add(new StartStage("runtime", TimeSpan.Zero, untilNow, Environment.CurrentManagedThreadId));
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Pipeline.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Begins to listen where the command line or the environment asks for it.</summary>
    /// <param name="variable">Gives an environment variable, or null.</param>
    /// <returns>Null where nobody asked.</returns>
    public static StartTrace? Begin(IEnumerable<string> arguments, Func<string, string?> variable, TextWriter output, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(time);
        if (!arguments.Contains(Flag) && variable(Variable) is not ("1" or "true" or "True" or "TRUE"))
        {
            return null;
        }

        using var process = Process.GetCurrentProcess();
        var start = new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero);
        return new StartTrace(output, start, time.GetUtcNow() - start);
    }

    /// <summary>Begins a stage of the start on this thread; disposing of it ends it.</summary>
    /// <returns>Null where nobody listens.</returns>
    public static Activity? Stage(string name) => Source.HasListeners() ? Source.StartActivity(name) : null;

    /// <summary>Writes what there is, unless the first label has come.</summary>
    public void Dispose()
    {
        Write();
        _listener.Dispose();
    }

    private static int Depth(Activity activity)
    {
        var depth = 0;
        for (var parent = activity.Parent; parent is not null; parent = parent.Parent)
        {
            depth++;
        }

        return depth;
    }

    private void Note(Activity activity)
    {
        var name = new string(' ', 2 * Depth(activity)) + activity.OperationName;
        var start = new DateTimeOffset(activity.StartTimeUtc, TimeSpan.Zero) - _processStart;
        lock (_lock)
        {
            _stages.Add(new StartStage(name, start, activity.Duration, Environment.CurrentManagedThreadId));
        }

        if (activity.OperationName == LastStage)
        {
            Write();
        }
    }

    private void Write()
    {
        lock (_lock)
        {
            if (_isWritten)
            {
                return;
            }

            _isWritten = true;
            _output.Write(Text(_stages, JitInfo.GetCompiledMethodCount(), JitInfo.GetCompilationTime()));
            _output.Flush();
        }
    }

    private static string Text(IEnumerable<StartStage> stages, long methods, TimeSpan compiling)
    {
        var text = new StringBuilder("Start, in milliseconds since the process began (known to 10 ms):\n      from        to      took  thread  stage\n");
        foreach (var stage in stages.OrderBy(stage => stage.Start).ThenByDescending(stage => stage.Duration))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{stage.Start.TotalMilliseconds,10:0.0}{(stage.Start + stage.Duration).TotalMilliseconds,10:0.0}{stage.Duration.TotalMilliseconds,10:0.0}{stage.Thread,8}  {stage.Name}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Compiled meanwhile: {methods} methods in {compiling.TotalMilliseconds:0} ms of all threads.\n").ToString();
    }
}
