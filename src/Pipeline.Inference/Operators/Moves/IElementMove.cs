namespace Pipeline.Inference.Operators;

/// <summary>A move of elements that does not look at them.</summary>
internal interface IElementMove
{
    void Run<T>(ReadOnlySpan<T> source, Span<T> target);
}
