using System.Text;

namespace Pipeline.Embedded.Multipart;

internal sealed partial class PartReader
{
    private async Task SkipPreambleAsync(CancellationToken cancellationToken)
    {
        for (var skipped = 0; ;)
        {
            while (_end - _start < _dashBoundary.Length && await FillAsync(cancellationToken).ConfigureAwait(false))
            {
            }

            if (Window.StartsWith(_dashBoundary))
            {
                var (tail, length) = await ReadTailAsync(_dashBoundary.Length, cancellationToken).ConfigureAwait(false);
                if (tail != BoundaryTail.None)
                {
                    var line = _start + _dashBoundary.Length + length;
                    var lineEnd = tail == BoundaryTail.Next && _buffer[line - 2] == '\r' ? "\r\n"u8 : "\n"u8;
                    _delimiter = [.. lineEnd, .. _dashBoundary];
                    Begin(tail, line);
                    return;
                }
            }

            var count = await FindLineAsync(MaxPreambleBytes - skipped, "before the first boundary", cancellationToken).ConfigureAwait(false);
            skipped += count;
            _start += count;
        }
    }

    /// <summary>The lines of a part's head, unfolded. Ends at the first byte of the content.</summary>
    private async Task<List<string>> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        for (var left = MaxHeadBytes; ;)
        {
            var count = await FindLineAsync(left, "in a part's head", cancellationToken).ConfigureAwait(false);
            var line = Encoding.Latin1.GetString(Window[..count]).TrimEnd('\r', '\n');
            if (line.Length == 0)
            {
                // The end of this empty line may belong to a boundary that follows at once.
                if (!await IsAtDelimiterAsync(cancellationToken).ConfigureAwait(false))
                {
                    _start += count;
                }

                _isInPart = true;
                return lines;
            }

            left -= count;
            _start += count;
            if (line[0] is ' ' or '\t' && lines.Count > 0)
            {
                lines[^1] += ' ' + line.Trim();
            }
            else
            {
                lines.Add(line);
            }
        }
    }

    /// <summary>The length of the line that begins here, with its end.</summary>
    private async ValueTask<int> FindLineAsync(int limit, string where, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = Window.IndexOf((byte)'\n');
            if (end >= limit || (end < 0 && _end - _start >= limit))
            {
                throw new InvalidMultipartException($"there are too many bytes {where}.");
            }

            if (end >= 0)
            {
                return end + 1;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new InvalidMultipartException($"it ends {where}.");
            }
        }
    }

    private async ValueTask<bool> IsAtDelimiterAsync(CancellationToken cancellationToken)
    {
        while (_end - _start < _delimiter.Length && await FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return Window.StartsWith(_delimiter)
            && (await ReadTailAsync(_delimiter.Length, cancellationToken).ConfigureAwait(false)).Tail != BoundaryTail.None;
    }

    private async ValueTask<bool> TryEndPartAsync(CancellationToken cancellationToken)
    {
        var (tail, length) = await ReadTailAsync(_delimiter.Length, cancellationToken).ConfigureAwait(false);
        if (tail == BoundaryTail.None)
        {
            return false;
        }

        Begin(tail, _start + _delimiter.Length + length);
        return true;
    }

    private void Begin(BoundaryTail tail, int next)
    {
        _start = next;
        _isInPart = false;
        IsClosed = tail == BoundaryTail.Close;
    }

    /// <summary>Looks at what follows a boundary; spaces and tabs may stand before the line's end.</summary>
    private async ValueTask<(BoundaryTail Tail, int Length)> ReadTailAsync(int offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            var window = Window[offset..];
            if (window.StartsWith("--"u8))
            {
                return (BoundaryTail.Close, 2);
            }

            var padding = window.IndexOfAnyExcept((byte)' ', (byte)'\t');
            var rest = padding < 0 ? default : window[padding..];
            if (rest.StartsWith("\n"u8))
            {
                return (BoundaryTail.Next, padding + 1);
            }

            if (rest.StartsWith("\r\n"u8))
            {
                return (BoundaryTail.Next, padding + 2);
            }

            var mayGoOn = window.Length < MaxPadding && (padding < 0 || rest.SequenceEqual("\r"u8) || window.SequenceEqual("-"u8));
            if (!mayGoOn || !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return (BoundaryTail.None, 0);
            }
        }
    }
}
