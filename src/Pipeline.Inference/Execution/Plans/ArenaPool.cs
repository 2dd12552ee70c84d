namespace Pipeline.Inference.Execution.Plans;

/// <summary>Memory that runs borrow: pinned, of any content. As many pieces are kept as there are processors. Safe for concurrent use.</summary>
internal sealed class ArenaPool
{
    private readonly int _kept = Environment.ProcessorCount;
    private readonly List<byte[]> _free;
    private readonly Lock _lock = new();

    public ArenaPool()
    {
        _free = new List<byte[]>(_kept + 1);
    }

    /// <param name="length">Bytes; the piece may be longer.</param>
    public byte[] Rent(int length)
    {
        lock (_lock)
        {
            for (var index = 0; index < _free.Count; index++)
            {
                if (_free[index].Length >= length)
                {
                    return Take(index);
                }
            }

            // What is too short now gives way to the longer one.
            if (_free.Count > 0)
            {
                Take(0);
            }
        }

        return GC.AllocateUninitializedArray<byte>(length, pinned: true);
    }

    public void Return(byte[] arena)
    {
        lock (_lock)
        {
            var index = _free.Count;
            while (index > 0 && _free[index - 1].Length > arena.Length)
            {
                index--;
            }

            _free.Insert(index, arena);
            if (_free.Count > _kept)
            {
                Take(0);
            }
        }
    }

    private byte[] Take(int index)
    {
        var arena = _free[index];
        _free.RemoveAt(index);
        return arena;
    }
}
