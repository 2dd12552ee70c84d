namespace Pipeline.Models.SavedModel.Files;

/// <summary>A part of a file that is held in memory.</summary>
internal readonly record struct ByteRange(int Start, int Length)
{
    public int End => Start + Length;
}
