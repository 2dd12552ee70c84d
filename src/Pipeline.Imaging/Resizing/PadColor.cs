namespace Pipeline.Imaging.Resizing;

/// <summary>The colour of padding in the order of the picture's channels; a grey picture takes the first value.</summary>
public readonly record struct PadColor(byte First, byte Second, byte Third);
