namespace Pipeline.Imaging.Decoding;

/// <summary>What becomes of transparency.</summary>
public enum AlphaTreatment
{
    /// <summary>The colours as stored, also under transparent pixels.</summary>
    Drop,

    /// <summary>Composed over white: (c · a + 255 · (255 - a)) / 255, rounded half up.</summary>
    White,

    /// <summary>Composed over black: c · a / 255, rounded half up.</summary>
    Black,
}
