using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>
/// Reads constant weights straight into the form that kernels read; each is packed once, however many plans use it, and let go with its source. Safe for concurrent use.
/// </summary>
internal sealed class WeightPacker
{
    // A read costs about as much as copying this much.
    private const int PieceFloats = 16 * 1024;

    private readonly ConditionalWeakTable<NumericConstantSource, PackedWeights?[]> _packed = [];
    private readonly ConditionalWeakTable<NumericConstantSource, Dictionary<int, PackedWeights>> _grouped = [];
    private readonly Lock _lock = new();
    private readonly long _maxBytes;

    /// <param name="maxBytes">The most that one weight may take; filled up to whole blocks it may take sixteen times what it takes in the file.</param>
    public WeightPacker(long maxBytes)
    {
        _maxBytes = maxBytes;
    }

    /// <summary>A filter H W I O as [panel of 16 outputs][tap][input][16], zeros beyond the last output.</summary>
    public PackedWeights Panels(NumericConstantSource source) => Panels(source, source.Shape[^1]);

    /// <summary>A matrix K x <paramref name="columns"/>, however its sides are divided into dimensions, as [panel of 16 columns][row][16]; always the same columns of one source.</summary>
    public PackedWeights Panels(NumericConstantSource source, int columns) =>
        Get(source, WeightForm.Panels, () => Scatter(source, source.Shape.ElementCount / columns, columns));

    /// <summary>A filter H W I O of several groups as [group][panel of 16 of its outputs][tap][input][16].</summary>
    public PackedWeights GroupPanels(NumericConstantSource source, int groups) => Grouped(source, groups, source.Shape.ElementCount / source.Shape[^1]);

    /// <summary>A vector for several groups, each filled up to whole blocks of 16 with zeros; null is all zeros.</summary>
    public PackedWeights GroupVector(ConstantSource? source, int length, int groups) =>
        source is NumericConstantSource numbers ? Grouped(numbers, groups, 1) : Allocate((long)groups * PanelsOf(length / groups) * 16);

    /// <summary>A matrix N x K as [panel of 16 outputs][input][16].</summary>
    public PackedWeights TransposedPanels(NumericConstantSource source) => Get(source, WeightForm.TransposedPanels, () =>
    {
        var (outputs, inputs) = (source.Shape[0], source.Shape[1]);
        var packed = Allocate((long)PanelsOf(outputs) * inputs * 16);
        ReadRows(source, outputs, inputs, (output, row) =>
        {
            var panel = packed.Span.Slice((output / 16 * inputs * 16) + (output % 16));
            for (var input = 0; input < row.Length; input++)
            {
                panel[input * 16] = row[input];
            }
        });

        return packed;
    });

    /// <summary>A depthwise filter H W C 1 as [block of 16 channels][tap][16].</summary>
    public PackedWeights Taps(NumericConstantSource source) => Get(source, WeightForm.Taps, () =>
        Scatter(source, source.Shape[0] * source.Shape[1], source.Shape[2] * source.Shape[3]));

    /// <summary>A vector, filled up to whole blocks of 16 with zeros; null is all zeros.</summary>
    public PackedWeights Vector(ConstantSource? source, int length)
    {
        if (source is not NumericConstantSource numbers)
        {
            return Allocate(PanelsOf(length) * 16L);
        }

        return Get(numbers, WeightForm.Vector, () =>
        {
            var packed = Allocate(PanelsOf(numbers.Shape.ElementCount) * 16L);
            numbers.Read(0, MemoryMarshal.AsBytes(packed.Span[..numbers.Shape.ElementCount]));
            return packed;
        });
    }

    private static int PanelsOf(int channels) => (int)((channels + 15L) / 16);

    private PackedWeights Scatter(NumericConstantSource source, int rows, int columns)
    {
        var packed = Allocate((long)PanelsOf(columns) * rows * 16);
        ReadRows(source, rows, columns, (index, row) =>
        {
            for (var column = 0; column < row.Length; column += 16)
            {
                var count = Math.Min(16, row.Length - column);
                row.Slice(column, count).CopyTo(packed.Span.Slice((column * rows) + (index * 16), count));
            }
        });

        return packed;
    }

    /// <summary>Reads a matrix from front to back in pieces of some rows, so that no second copy of it is ever held.</summary>
    private static void ReadRows(NumericConstantSource source, int rows, int columns, RowReader read)
    {
        var count = Math.Clamp(PieceFloats / Math.Max(columns, 1), 1, Math.Max(rows, 1));
        var piece = new float[(long)count * columns];
        for (var first = 0; first < rows; first += count)
        {
            var now = piece.AsSpan(0, Math.Min(count, rows - first) * columns);
            source.Read((long)first * columns * sizeof(float), MemoryMarshal.AsBytes(now));
            for (var row = 0; row * columns < now.Length; row++)
            {
                read(first + row, now.Slice(row * columns, columns));
            }
        }
    }

    private PackedWeights Grouped(NumericConstantSource source, int groups, int rows)
    {
        lock (_lock)
        {
            var known = _grouped.GetValue(source, static _ => []);
            return known.TryGetValue(groups, out var packed) ? packed : known[groups] = Pack();
        }

        PackedWeights Pack()
        {
            var columns = source.Shape.ElementCount / rows;
            var (each, panels) = (columns / groups, PanelsOf(columns / groups));
            var packed = Allocate((long)groups * panels * rows * 16);
            ReadRows(source, rows, columns, (index, row) =>
            {
                for (var column = 0; column < row.Length; column++)
                {
                    var (group, output) = (column / each, column % each);
                    packed.Span[(((((group * panels) + (output / 16)) * rows) + index) * 16) + (output % 16)] = row[column];
                }
            });

            return packed;
        }
    }

    private PackedWeights Allocate(long length)
    {
        var most = Math.Min(_maxBytes, Array.MaxLength);
        return length * sizeof(float) <= most
            ? new PackedWeights((int)length)
            : throw new MemoryLimitExceededException("Packing a weight", length * sizeof(float), most);
    }

    private PackedWeights Get(NumericConstantSource source, WeightForm form, Func<PackedWeights> pack)
    {
        lock (_lock)
        {
            var forms = _packed.GetValue(source, static _ => new PackedWeights?[4]);
            return forms[(int)form] ??= pack();
        }
    }

    private delegate void RowReader(int index, ReadOnlySpan<float> row);

    private enum WeightForm
    {
        Panels,
        TransposedPanels,
        Taps,
        Vector,
    }
}
