namespace Pipeline.Inference.Graphs;

public enum LayoutKind
{
    /// <summary>C order of the value's own shape, NHWC for pictures.</summary>
    Plain,

    /// <summary>N, blocks of 16 channels, H, W, channel within the block.</summary>
    Blocked16,
}
