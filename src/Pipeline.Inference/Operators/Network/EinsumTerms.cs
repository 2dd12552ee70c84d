using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The labels of an equation for inputs of known ranks, and how large what they name is.</summary>
internal sealed class EinsumTerms
{
    private readonly Dictionary<int, int> _sizes = [];

    private EinsumTerms(int[][] inputs, int[] output)
    {
        Inputs = inputs;
        Output = output;
    }

    /// <summary>For each input, the label of each of its dimensions; one label may stand at several of them.</summary>
    public IReadOnlyList<int[]> Inputs { get; }

    /// <summary>The label of each dimension of the result; one label may stand at several of them.</summary>
    public int[] Output { get; }

    /// <summary>Labels of both inputs that the result has too.</summary>
    public int[] Batch => [.. Output.Distinct().Where(label => Inputs.All(input => input.Contains(label)))];

    /// <summary>Labels of both inputs that the result has not.</summary>
    public int[] Summed => [.. Inputs[0].Distinct().Where(label => Inputs[^1].Contains(label) && !Output.Contains(label))];

    /// <returns>Null where the rank of an input is not known though it has an ellipsis.</returns>
    /// <exception cref="Graphs.InvalidNodeException">The inputs do not fit the equation, or each other.</exception>
    public static EinsumTerms? Resolve(EinsumEquation equation, OperatorInputs inputs)
    {
        var labels = new int[inputs.Count][];
        for (var input = 0; input < labels.Length; input++)
        {
            var shape = inputs[input].Shape;
            if (!shape.HasRank && equation.HasEllipsis(input))
            {
                return null;
            }

            var named = equation.Named(input);
            var rank = shape.HasRank ? shape.Rank : named;
            if (rank < named || (rank > named && !equation.HasEllipsis(input)))
            {
                throw inputs.Invalid($"the equation names {named} dimensions of input {input}, which is {inputs[input]}.");
            }

            labels[input] = equation.InputLabels(input, rank);
        }

        var broadcast = -labels.SelectMany(all => all).Append(0).Min();
        var output = equation.OutputLabels(broadcast);
        if (broadcast > 0 && !output.Contains(-1))
        {
            throw inputs.Invalid($"the result leaves out the {broadcast} dimensions of the ellipsis.");
        }

        var terms = new EinsumTerms(labels, output);
        for (var input = 0; input < labels.Length; input++)
        {
            terms.Measure(inputs, input);
        }

        return terms;
    }

    /// <summary>How large what a label names is in the result; <see cref="PartialShape.UnknownDimension"/> where that is not known.</summary>
    public int Size(int label) => _sizes[label];

    /// <summary>Labels that one input has, and the other (if any) has not.</summary>
    /// <param name="kept">Whether the result has them, else it is those that are summed before anything is multiplied.</param>
    public int[] Own(int input, bool kept) =>
        [.. (kept ? Output : Inputs[input]).Distinct().Where(label =>
            Inputs[input].Contains(label) && (Inputs.Count == 1 || !Inputs[1 - input].Contains(label)) && Output.Contains(label) == kept)];

    private void Measure(OperatorInputs inputs, int input)
    {
        var shape = inputs[input].Shape.OrRank(Inputs[input].Length);
        for (var dimension = 0; dimension < shape.Rank; dimension++)
        {
            var (label, size) = (Inputs[input][dimension], shape[dimension]);
            var known = _sizes.GetValueOrDefault(label, label < 0 ? 1 : PartialShape.UnknownDimension);
            _sizes[label] = label < 0
                ? inputs.Broadcast(PartialShape.Of(known), PartialShape.Of(size))[0]
                : inputs.Unify(known, size, $"the size of '{(char)label}'");
        }
    }
}
