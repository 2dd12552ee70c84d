using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>How elements stand in a value whose blocks are spread over space, and in one whose blocks are packed into the batch.</summary>
internal static class BatchBlocks
{
    public static void Check(OperatorInputs inputs, int rank, long[] blocks, int borders)
    {
        inputs.Unify(blocks.Length, borders, "the number of blocked dimensions");
        if (blocks.Length >= rank || blocks.Any(b => b is < 1 or > int.MaxValue))
        {
            throw inputs.Invalid($"the block shape [{string.Join(", ", blocks)}] must have less than {rank} entries, each 1 or more.");
        }
    }

    /// <summary>A box of block offsets, batch, blocks and what is left, and the steps along it on either side.</summary>
    public static (int[] Box, int[] Spread, int[] Packed) Box(Shape spread, Shape packed, long[] blocks)
    {
        var spreadStrides = StridedCopy.StridesOf(spread);
        var packedStrides = StridedCopy.StridesOf(packed);
        List<int> box = [];
        List<int> spreadSteps = [];
        List<int> packedSteps = [];
        var blocksLeft = blocks.Aggregate(1L, (a, b) => a * b);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocksLeft /= blocks[i];
            box.Add((int)blocks[i]);
            spreadSteps.Add(spreadStrides[i + 1]);
            packedSteps.Add((int)(blocksLeft * spread[0] * packedStrides[0]));
        }

        for (var d = 0; d < spread.Rank; d++)
        {
            box.Add(d == 0 ? spread[0] : packed[d]);
            spreadSteps.Add(d > 0 && d <= blocks.Length ? (int)(spreadStrides[d] * blocks[d - 1]) : spreadStrides[d]);
            packedSteps.Add(packedStrides[d]);
        }

        return ([.. box], [.. spreadSteps], [.. packedSteps]);
    }
}
