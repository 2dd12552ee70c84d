namespace Pipeline.Embedded.Tests.Support;

/// <summary>Bytes of which nobody can tell beforehand how many there are.</summary>
internal sealed class UnsizedStream : MemoryStream
{
    public UnsizedStream(byte[] bytes)
        : base(bytes)
    {
    }

    public override bool CanSeek => false;
}
