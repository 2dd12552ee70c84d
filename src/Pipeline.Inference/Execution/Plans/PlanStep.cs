namespace Pipeline.Inference.Execution.Plans;

/// <summary>One kernel over one set of buffers. Immutable, so any number of runs may use it at a time.</summary>
internal abstract class PlanStep
{
    protected PlanStep(string name, IReadOnlyList<PlanValue> inputs, IReadOnlyList<PlanValue> outputs)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The node it comes from, and what it does.</summary>
    public string Name { get; }

    public IReadOnlyList<PlanValue> Inputs { get; }

    public IReadOnlyList<PlanValue> Outputs { get; }

    /// <summary>Multiply-adds of one run, for figures; 0 where there are none worth counting.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Whether it sees values as tensors, which those that are held outside the arena are.</summary>
    public virtual bool NeedsTensors => false;

    /// <summary>The most shares that the work can be divided into. 1, the default: it is not divided.</summary>
    public virtual int Units => 1;

    /// <summary>About how long one thread takes: what decides how many shares are worth it. An estimate from multiply-adds and memory, 1 or more.</summary>
    public virtual long Nanoseconds => StepCost.Nanoseconds(MultiplyAdds, Inputs.Concat(Outputs).Sum(value => value.Length));

    /// <summary>
    /// Does one share of the work. Shares are done in any order, by several threads at a time, so none may read what another writes. They never split a
    /// sum: results do not depend on how many there are.
    /// </summary>
    /// <param name="shares">From 1 to <see cref="Units"/>.</param>
    public abstract void Run(in PlanRun run, int share, int shares);

    /// <summary>The part of <paramref name="count"/> units that a share does.</summary>
    protected static (int First, int Count) Split(int count, int share, int shares)
    {
        var first = (int)((long)count * share / shares);
        return (first, (int)((long)count * (share + 1) / shares) - first);
    }
}
