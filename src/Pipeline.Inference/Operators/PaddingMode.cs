namespace Pipeline.Inference.Operators;

public enum PaddingMode
{
    /// <summary>No padding: windows stay inside.</summary>
    Valid,

    /// <summary>As many windows as input / stride, rounded up; an odd row or column of padding goes to the bottom or right.</summary>
    Same,

    /// <summary>As many rows and columns as stated.</summary>
    Explicit,
}
