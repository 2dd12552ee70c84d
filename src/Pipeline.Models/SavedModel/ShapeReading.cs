using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel;

/// <summary>Shapes of files in the engine's terms.</summary>
internal static class ShapeReading
{
    /// <summary>The shape of something that is stored: every dimension known. A missing message is a scalar.</summary>
    /// <exception cref="InvalidModelException">A dimension is unknown or negative, or there are too many elements.</exception>
    public static Shape ReadStored(TensorShapeProto? message, string path, string place)
    {
        if (message is { UnknownRank: true })
        {
            throw new InvalidModelException(path, place, "a known shape", "an unknown rank");
        }

        try
        {
            return message is null ? Shape.Scalar : Shape.FromWide([.. message.Dim.Select(dimension => dimension.Size)]);
        }
        catch (InvalidShapeException error)
        {
            throw new InvalidModelException(path, place, "a shape", error.Message, error);
        }
    }

    /// <summary>The shape of something that a run computes. A missing message is an unknown rank, -1 an unknown dimension.</summary>
    /// <exception cref="InvalidModelException">A dimension is below -1 or over 31 bits.</exception>
    public static PartialShape ReadPartial(TensorShapeProto? message, string path, string place)
    {
        if (message is null or { UnknownRank: true })
        {
            return PartialShape.Unknown;
        }

        try
        {
            return PartialShape.Of([.. message.Dim.Select(dimension => checked((int)dimension.Size))]);
        }
        catch (Exception error) when (error is InvalidShapeException or OverflowException)
        {
            throw new InvalidModelException(path, place, "a shape", $"[{string.Join(", ", message.Dim.Select(dimension => dimension.Size))}]", error);
        }
    }
}
