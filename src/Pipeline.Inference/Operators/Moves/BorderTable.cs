using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>An input that says how much comes before and after along each dimension.</summary>
internal static class BorderTable
{
    /// <summary>The rows of an n × 2 table of integers that are not negative, or null while they are not known.</summary>
    /// <exception cref="Graphs.InvalidNodeException">It is something else.</exception>
    public static IReadOnlyList<(long Before, long After)>? Known(OperatorInputs inputs, int index)
    {
        var (type, shape) = (inputs[index].DataType, inputs[index].Shape);
        if (type is not (DataType.Int32 or DataType.Int64) || (shape.HasRank && (shape.Rank != 2 || shape[1] is not (2 or PartialShape.UnknownDimension))))
        {
            throw inputs.Invalid($"input {index} is {inputs[index]}, it must be of integers, n x 2.");
        }

        if (inputs.KnownTensor(index) is not { } table)
        {
            return null;
        }

        var rows = new (long Before, long After)[table.Shape[0]];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (Element(table, 2 * i), Element(table, (2 * i) + 1));
            if (rows[i].Before < 0 || rows[i].After < 0)
            {
                throw inputs.Invalid($"row {i} of input {index} is {rows[i]}, it must not be negative.");
            }
        }

        return rows;
    }

    private static long Element(Tensor table, int index) =>
        table.DataType == DataType.Int32 ? table.Elements<int>()[index] : table.Elements<long>()[index];
}
