using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What moves between blocks of pixels and channels have in common.</summary>
internal static class BlockRule
{
    /// <summary>A picture NHWC of which height, width and channels are as given.</summary>
    public static TensorType Picture(TensorType picture, int height, int width, int channels) =>
        picture with { Shape = PartialShape.Of(picture.Shape.OrRank(4)[0], height, width, channels) };

    public static void Check(OperatorInputs inputs, int blockSize)
    {
        inputs.RequireMovable(0);
        inputs.RequireRank(0, 4);
        if (blockSize < 1)
        {
            throw inputs.Invalid($"the block size is {blockSize}, it must be 1 or more.");
        }
    }

    /// <summary>A dimension divided by the block size.</summary>
    public static int Divide(OperatorInputs inputs, int dimension, long divisor)
    {
        if (dimension == PartialShape.UnknownDimension)
        {
            return dimension;
        }

        return dimension % divisor == 0
            ? (int)(dimension / divisor)
            : throw inputs.Invalid($"a dimension of {dimension} is not a multiple of {divisor}.");
    }

    /// <summary>A dimension multiplied by the block size.</summary>
    public static int Multiply(OperatorInputs inputs, int dimension, long factor) =>
        dimension == PartialShape.UnknownDimension ? dimension : inputs.Dimension(checked(dimension * factor));
}
