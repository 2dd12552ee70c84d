namespace Pipeline.Benchmarks.Engine;

/// <summary>A loaded net of one input and one output, both float32.</summary>
internal interface IMeasuredEngine
{
    /// <summary>The answer of the last run.</summary>
    ReadOnlySpan<byte> Output { get; }

    ReadOnlySpan<int> OutputShape { get; }

    /// <summary>What the runs that follow are asked.</summary>
    void SetInput(ReadOnlySpan<float> values);

    /// <summary>Hands the input over, runs, and takes the answer.</summary>
    void Run();
}
