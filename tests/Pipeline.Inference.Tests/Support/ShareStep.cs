using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>A step that does in each share what a test wants.</summary>
internal sealed class ShareStep : PlanStep
{
    private readonly Action<int> _share;

    /// <param name="share">Gets the number of the share.</param>
    public ShareStep(Action<int> share, int units = 1, long nanoseconds = 1)
        : base("share", [], [Value])
    {
        _share = share;
        Units = units;
        Nanoseconds = nanoseconds;
    }

    /// <summary>What all such steps say that they make; nobody looks into it.</summary>
    public static PlanValue Value { get; } = new("v", Shape.Of(1), Layout.Plain(Shape.Of(1)));

    public override int Units { get; }

    public override long Nanoseconds { get; }

    public override void Run(in PlanRun run, int share, int shares) => _share(share);
}
