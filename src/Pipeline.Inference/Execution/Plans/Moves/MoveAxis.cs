namespace Pipeline.Inference.Execution.Plans.Moves;

/// <summary>A dimension of a box, or several that are walked through as one.</summary>
/// <param name="Source">Floats from one place to the next; 0 repeats, negative walks backwards.</param>
/// <param name="Target">The same where they go to.</param>
internal readonly record struct MoveAxis(int Size, long Source, long Target)
{
    /// <summary>This and a dimension inside of it as one, or null where a side walks otherwise.</summary>
    public MoveAxis? Merge(MoveAxis inner) =>
        Source == inner.Source * inner.Size && Target == inner.Target * inner.Size ? inner with { Size = checked(Size * inner.Size) } : null;
}
