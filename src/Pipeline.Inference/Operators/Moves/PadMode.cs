namespace Pipeline.Inference.Operators;

public enum PadMode
{
    Constant,

    /// <summary>Mirrored at the border without repeating the border element.</summary>
    Reflect,

    /// <summary>Mirrored at the border with the border element repeated.</summary>
    Symmetric,
}
