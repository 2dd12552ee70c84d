using System.Runtime.InteropServices;

namespace Pipeline.Inference.Execution.Plans.Threads;

/// <summary>
/// The shares of one step that a thread is to do and that nobody has begun: the thread takes them from the front, others from the back. Safe for concurrent use.
/// </summary>
/// <remarks>One word holds the number of the step, the first share and the end, so that nobody takes a share of another step than it means to.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 3 * Line)]
internal struct ShareRange
{
    // Two lines of a processor's cache, which fetches them in pairs: no other data may share them.
    private const int Line = 128;

    [FieldOffset(Line)]
    private long _word;

    /// <summary>The number of the step.</summary>
    public int Step => (int)(Volatile.Read(ref _word) >> 32);

    /// <summary>Gives out the shares of a step. A full fence.</summary>
    /// <param name="first">From 0 to <paramref name="end"/>.</param>
    /// <param name="end">At most <see cref="Sharing.MostShares"/>.</param>
    public void Set(int step, int first, int end) => Interlocked.Exchange(ref _word, Word(step, first, end));

    /// <returns>A share that is the caller's now, or -1: none is left of this step.</returns>
    public int TakeFirst(int step)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var (first, end) = ((ushort)(word >> 16), (ushort)word);
            if ((int)(word >> 32) != step || first >= end)
            {
                return -1;
            }

            if (Interlocked.CompareExchange(ref _word, Word(step, first + 1, end), word) == word)
            {
                return first;
            }
        }
    }

    /// <inheritdoc cref="TakeFirst"/>
    public int TakeLast(int step)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var (first, end) = ((ushort)(word >> 16), (ushort)word);
            if ((int)(word >> 32) != step || first >= end)
            {
                return -1;
            }

            if (Interlocked.CompareExchange(ref _word, Word(step, first, end - 1), word) == word)
            {
                return end - 1;
            }
        }
    }

    private static long Word(int step, int first, int end) => ((long)step << 32) | ((long)first << 16) | (uint)end;
}
