using System.Runtime.InteropServices;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Floats between two pages that may not be touched: a read or write past either end kills the test run, so none goes unseen.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _mapping;
    private readonly nuint _length;

    /// <param name="count">Floats.</param>
    /// <param name="atEnd">Whether they end at the upper guard, else they begin at the lower.</param>
    public GuardedMemory(int count, bool atEnd)
    {
        var page = Environment.SystemPageSize;
        var bytes = count * sizeof(float);
        var inner = (bytes + page - 1) / page * page;
        _length = (nuint)(inner + (2 * page));
        _mapping = Map(0, _length, ProtectNone, PrivateAnonymous, -1, 0);
        if (_mapping == -1 || Protect(_mapping + page, (nuint)inner, ProtectReadWrite) != 0)
        {
            throw new InvalidOperationException($"No guarded memory of {_length} bytes: error {Marshal.GetLastPInvokeError()}.");
        }

        Count = count;
        Pointer = (float*)(_mapping + page + (atEnd ? inner - bytes : 0));
    }

    public float* Pointer { get; }

    public int Count { get; }

    public Span<float> Span => new(Pointer, Count);

    /// <summary>Uniform numbers from -1 to 1.</summary>
    public void Fill(Random random)
    {
        foreach (ref var value in Span)
        {
            value = (random.NextSingle() * 2) - 1;
        }
    }

    public void Dispose() => _ = Unmap(_mapping, _length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
