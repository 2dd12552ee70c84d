namespace Pipeline.Models.Package;

/// <summary>Turns finite outputs into scores in place, in double precision; the results are finite.</summary>
internal static class ScoreActivation
{
    public static void Apply(Activation activation, Span<double> values)
    {
        switch (activation)
        {
            case Activation.Softmax:
                Softmax(values);
                break;
            case Activation.Sigmoid:
                Sigmoid(values);
                break;
            default:
                break;
        }
    }

    /// <summary>Effectively computes exp(x - max) / sum of these.</summary>
    private static void Softmax(Span<double> values)
    {
        var max = double.NegativeInfinity;
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        var sum = 0.0;
        foreach (ref var value in values)
        {
            value = Math.Exp(value - max);
            sum += value;
        }

        foreach (ref var value in values)
        {
            value /= sum;
        }
    }

    /// <summary>Effectively computes 1 / (1 + exp(-x)).</summary>
    private static void Sigmoid(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = 1 / (1 + Math.Exp(-value));
        }
    }
}
