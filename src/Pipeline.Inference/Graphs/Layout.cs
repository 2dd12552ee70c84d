using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>How a value of a plan lies in memory.</summary>
/// <param name="Kind">The order of the elements.</param>
/// <param name="Halo">Rows and columns around each picture that are there to be read as padding.</param>
/// <param name="Fill">What the halo holds: 0, or the zero point of a quantised value.</param>
/// <param name="RowStride">Elements from one row of a picture to the next, halo included.</param>
/// <param name="BlockStride">Elements from one block of channels to the next; without meaning when plain.</param>
/// <param name="PictureStride">Elements from one picture of a batch to the next.</param>
public sealed record Layout(LayoutKind Kind, Halo Halo, int Fill, long RowStride, long BlockStride, long PictureStride)
{
    /// <summary>Channels in a block of <see cref="LayoutKind.Blocked16"/>.</summary>
    public const int BlockSize = 16;

    /// <summary>NHWC without gaps; a value of any other rank than 4 is one row.</summary>
    public static Layout Plain(Shape shape)
    {
        var picture = shape.Rank == 4 ? (long)shape[1] * shape[2] * shape[3] : shape.ElementCount;
        var row = shape.Rank == 4 ? (long)shape[2] * shape[3] : shape.ElementCount;
        return new Layout(LayoutKind.Plain, default, 0, row, 0, picture);
    }

    /// <summary>A picture in blocks of 16 channels, the last filled up with zeros.</summary>
    /// <exception cref="ArgumentException">The shape is not NHWC.</exception>
    public static Layout Blocked16(Shape shape, Halo halo, int fill)
    {
        if (shape.Rank != 4)
        {
            throw new ArgumentException($"{shape} is not NHWC.", nameof(shape));
        }

        var blocks = (shape[3] + (BlockSize - 1)) / BlockSize;
        var row = checked((long)(shape[2] + halo.Left + halo.Right) * BlockSize);
        var block = checked(row * (shape[1] + halo.Top + halo.Bottom));
        return new Layout(LayoutKind.Blocked16, halo, fill, row, block, checked(block * blocks));
    }
}
