namespace Pipeline.Models.Package;

/// <summary>What the channels of a model's input are.</summary>
public enum ChannelOrder
{
    /// <summary>Three: red, green, blue.</summary>
    Rgb,

    /// <summary>Three: blue, green, red.</summary>
    Bgr,

    /// <summary>One.</summary>
    Gray,
}
