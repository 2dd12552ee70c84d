namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>One await of a process on something outside of it.</summary>
/// <param name="Index">Counted from 1 for each process.</param>
/// <param name="Actor">The piece of work that waits, as <c>w1.1/upload3</c>.</param>
/// <param name="Call">What it waits for, for example <c>commit</c> or <c>download</c>.</param>
public readonly record struct AwaitPoint(VirtualProcess Process, int Index, string Actor, string Call);
