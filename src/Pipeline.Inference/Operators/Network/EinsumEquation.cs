namespace Pipeline.Inference.Operators;

/// <summary>
/// The text of an Einstein summation: a letter names a dimension, "..." stands for those of an input that have no name, and the same letter means the same size
/// everywhere. Labels are numbers: letters as they are, and the dimensions behind an ellipsis negative, counted from the last, which is -1.
/// </summary>
internal sealed class EinsumEquation
{
    private const char Ellipsis = '.';
    private const string EllipsisText = "...";
    private const string Arrow = "->";

    private readonly string[] _inputs;
    private readonly string _output;

    private EinsumEquation(string[] inputs, string output)
    {
        _inputs = inputs;
        _output = output;
    }

    /// <exception cref="Graphs.InvalidNodeException">The text is no equation for that many inputs.</exception>
    public static EinsumEquation Parse(OperatorInputs inputs, string text)
    {
        var sides = text.Split(Arrow);
        if (sides.Length != 2)
        {
            throw inputs.Invalid($"the equation '{text}' has {sides.Length - 1} '{Arrow}', it must have one.");
        }

        string[] subscripts = [.. sides[0].Split(',').Select(subscript => Subscript(inputs, text, subscript))];
        if (subscripts.Length != inputs.Count)
        {
            throw inputs.Invalid($"the equation '{text}' is for {subscripts.Length} inputs, there are {inputs.Count}.");
        }

        var output = Subscript(inputs, text, sides[1]);
        var unknown = output.FirstOrDefault(label => label != Ellipsis && !subscripts.Any(subscript => subscript.Contains(label)));
        return unknown == default
            ? new EinsumEquation(subscripts, output)
            : throw inputs.Invalid($"the label '{unknown}' of the result of '{text}' is in no input.");
    }

    /// <summary>Whether the rank of an input must be known before its dimensions have labels.</summary>
    public bool HasEllipsis(int input) => _inputs[input].Contains(Ellipsis);

    /// <summary>How many dimensions of an input have a name.</summary>
    public int Named(int input) => _inputs[input].Count(label => label != Ellipsis);

    /// <summary>A label for each dimension of an input of a rank that fits.</summary>
    public int[] InputLabels(int input, int rank) => Expand(_inputs[input], rank - Named(input));

    /// <summary>A label for each dimension of the result.</summary>
    /// <param name="broadcast">How many dimensions the ellipses of all inputs give together.</param>
    public int[] OutputLabels(int broadcast) => Expand(_output, broadcast);

    private static int[] Expand(string subscript, int ellipsis) =>
        [.. subscript.SelectMany(label => label == Ellipsis ? Enumerable.Range(-ellipsis, ellipsis) : [label])];

    private static string Subscript(OperatorInputs inputs, string text, string part)
    {
        var subscript = part.Replace(EllipsisText, $"{Ellipsis}", StringComparison.Ordinal);
        var dots = subscript.Count(label => label == Ellipsis);
        return dots <= 1 && part.Length == subscript.Length + (dots * (EllipsisText.Length - 1)) && subscript.All(label => label == Ellipsis || char.IsAsciiLetter(label))
            ? subscript
            : throw inputs.Invalid($"'{part}' in the equation '{text}' must be letters and at most one '{EllipsisText}'.");
    }
}
