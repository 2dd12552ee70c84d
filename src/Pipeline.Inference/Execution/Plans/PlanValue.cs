using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>One form of a value in a plan: its shape, its layout, and, once the arena is planned, its place.</summary>
internal sealed class PlanValue
{
    public PlanValue(string name, Shape shape, Layout layout)
    {
        Name = name;
        Shape = shape;
        Layout = layout;
    }

    public string Name { get; }

    public Shape Shape { get; }

    public Layout Layout { get; }

    /// <summary>Set by the arena planner; inputs of the graph have it from the start.</summary>
    public PlanBuffer Buffer { get; set; }

    /// <summary>The value whose memory this is another view of, or null.</summary>
    public PlanValue? Owner { get; init; }

    /// <summary>Floats from the start of the owner to the start of the view.</summary>
    public long OwnerOffset { get; init; }

    /// <summary>The number of a value that is not float32, and so is held outside the arena; else null.</summary>
    public int? Held { get; init; }

    /// <summary>The number of the graph's input that a held value is; null: it is none.</summary>
    public int? HeldInput { get; init; }

    /// <summary>The content of a constant, or null.</summary>
    public PackedWeights? Constant { get; init; }

    public bool IsBlocked => Layout.Kind == LayoutKind.Blocked16;

    /// <summary>Blocks of 16 channels of a blocked value.</summary>
    public int Blocks => BlocksOf(Shape[3]);

    /// <summary>Parts of a picture that lie apart: blocks of channels, or the whole of a plain picture.</summary>
    public int Planes => IsBlocked ? Blocks : 1;

    /// <summary>Floats that it takes, halos included.</summary>
    public long Length => IsBlocked ? checked(Layout.BlockStride * Blocks * Shape[0]) : Shape.ElementCount;

    /// <summary>Floats from the start of a blocked value's picture to its first pixel inside the halo.</summary>
    public long FirstPixel => (Layout.Halo.Top * Layout.RowStride) + (Layout.Halo.Left * Layout.BlockSize);

    /// <summary>Floats from the start of the value to the first pixel of a plane inside the halo; planes are counted through all pictures.</summary>
    public long PlaneStart(int plane) =>
        (IsBlocked ? FirstPixel : 0) + (plane / Planes * Layout.PictureStride) + (plane % Planes * Layout.BlockStride);

    /// <summary>Blocks of 16 that some channels take.</summary>
    public static int BlocksOf(int channels) => (int)((channels + (Layout.BlockSize - 1L)) / Layout.BlockSize);

    /// <summary>A view of some channels of a blocked value.</summary>
    /// <param name="block">The block that they begin with.</param>
    public PlanValue Part(int block, int channels, string? name = null) =>
        new(name ?? Name, Shape.Of(Shape[0], Shape[1], Shape[2], channels), Layout) { Owner = Owner ?? this, OwnerOffset = OwnerOffset + (block * Layout.BlockStride) };
}
