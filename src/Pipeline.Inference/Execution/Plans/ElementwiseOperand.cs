namespace Pipeline.Inference.Execution.Plans;

/// <summary>How the second value of an element-wise step meets the first, whose shape is that of the result.</summary>
internal enum ElementwiseOperand
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Element by element.</summary>
    Same,

    /// <summary>One number for all.</summary>
    Scalar,

    /// <summary>One number for each place of the last dimension.</summary>
    Channels,

    /// <summary>As <see cref="Channels"/>, others for each picture.</summary>
    ChannelsOfPicture,

    /// <summary>One number for each row of the last dimension.</summary>
    Rows,
}
