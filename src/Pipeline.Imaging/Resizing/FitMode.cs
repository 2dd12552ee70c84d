namespace Pipeline.Imaging.Resizing;

/// <summary>How a picture of any shape is brought to the size of the tensor.</summary>
public enum FitMode
{
    /// <summary>The whole picture, whatever becomes of its aspect.</summary>
    Stretch,

    /// <summary>The largest centred rectangle of the target's aspect, cut at integers, then resized.</summary>
    Cover,

    /// <summary>Pillow's ImageOps.fit: the same with a fractional box.</summary>
    PillowFit,

    /// <summary>The whole picture within the target, padded around; the odd pixel of padding lies right and below.</summary>
    Contain,

    /// <summary>The short side to a given length as torchvision does, then the centre cut out.</summary>
    ShortSide,

    /// <summary>A centred fraction of the picture as tf.image.central_crop cuts it, then resized.</summary>
    Central,
}
