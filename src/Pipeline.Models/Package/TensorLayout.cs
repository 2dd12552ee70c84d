namespace Pipeline.Models.Package;

/// <summary>The order of a picture's dimensions in a tensor.</summary>
public enum TensorLayout
{
    /// <summary>Batch, height, width, channel.</summary>
    Nhwc,

    /// <summary>Batch, channel, height, width.</summary>
    Nchw,
}
