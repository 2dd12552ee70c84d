namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>What all calls of one convolution have in common. Lengths are in elements.</summary>
/// <remarks>
/// The input is in blocks of channels; the address of channel c of a pixel at a tap is
/// input + TapOffsets[tap] + (c / BlockChannels) · InputBlockStride + c % BlockChannels. The weights are in panels of 16 outputs,
/// [panel][tap][channel][16]; the output is in blocks of 16 channels.
/// </remarks>
internal unsafe struct ConvolutionCall
{
    /// <summary>Offset of each tap's input from the input of the window's first tap.</summary>
    public nint* TapOffsets;
    public nint Taps;

    /// <summary>From the input of one output pixel to the input of the next, for tiles that do not know it.</summary>
    public nint PixelStride;

    /// <summary>Input channels of one tap.</summary>
    public nint Channels;

    /// <summary>Channels that lie one after the other.</summary>
    public nint BlockChannels;
    public nint InputBlockStride;

    /// <summary>From one panel of weights to the next.</summary>
    public nint PanelStride;
    public nint OutputBlockStride;

    /// <summary>From an output to the residual that is added to it before the epilogue; meaningless unless <see cref="HasResidual"/>.</summary>
    public nint ResidualOffset;
    public bool HasResidual;
    public float Low;
    public float High;
}
