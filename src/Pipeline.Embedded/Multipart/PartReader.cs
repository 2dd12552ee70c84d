using System.Text;

namespace Pipeline.Embedded.Multipart;

/// <summary>
/// Parts of a multipart body (RFC 2046, 5.1), one after the other, through one buffer of fixed size. Lines end with CR LF or with LF alone; which of
/// the two belongs to the boundaries is told by the first of them, so that content may end with a CR of its own.
/// </summary>
internal sealed partial class PartReader
{
    private const int BufferSize = 64 * 1024;
    private const int MaxHeadBytes = 8 * 1024;
    private const int MaxPreambleBytes = 8 * 1024;
    private const int MaxPadding = 64;

    private readonly Stream _source;
    private readonly byte[] _dashBoundary;
    private readonly byte[] _buffer = new byte[BufferSize];
    private byte[] _delimiter = [];
    private int _start;
    private int _end;
    private bool _isInPart;

    public PartReader(Stream source, string boundary)
    {
        _source = source;
        _dashBoundary = Encoding.ASCII.GetBytes("--" + boundary);
    }

    /// <summary>Whether the last part has been read to its end.</summary>
    public bool IsClosed { get; private set; }

    private ReadOnlySpan<byte> Window => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Goes to the next part; what is left of the one before must have been read.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="InvalidMultipartException">There is no boundary where one must be, or a head is none.</exception>
    public async Task<PartHeaders?> NextAsync(CancellationToken cancellationToken)
    {
        if (_delimiter.Length == 0)
        {
            await SkipPreambleAsync(cancellationToken).ConfigureAwait(false);
        }

        return IsClosed ? null : PartHeaders.Parse(await ReadHeadAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads on in the part.</summary>
    /// <returns>How many bytes; 0 at the part's end, or where the buffer is empty.</returns>
    /// <exception cref="InvalidMultipartException">The body ends inside the part.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_isInPart && !buffer.IsEmpty)
        {
            var found = Window.IndexOf(_delimiter);
            if (found == 0)
            {
                if (!await TryEndPartAsync(cancellationToken).ConfigureAwait(false))
                {
                    return Take(buffer.Span, 1);
                }

                break;
            }

            // Without a boundary in sight, the last bytes may still be the beginning of one.
            var content = found > 0 ? found : _end - _start - (_delimiter.Length - 1);
            if (content > 0)
            {
                return Take(buffer.Span, content);
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new InvalidMultipartException("it ends without its final boundary.");
            }
        }

        return 0;
    }

    private int Take(Span<byte> buffer, int count)
    {
        count = Math.Min(count, buffer.Length);
        Window[..count].CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <summary>Reads more. False at the end of the body.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Window.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = await _source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
