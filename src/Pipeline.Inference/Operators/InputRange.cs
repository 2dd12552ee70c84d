namespace Pipeline.Inference.Operators;

/// <summary>How many inputs an operator takes.</summary>
public readonly record struct InputRange(int Minimum, int Maximum)
{
    public static InputRange Exactly(int count) => new(count, count);

    public static InputRange AtLeast(int count) => new(count, int.MaxValue);

    internal void Check(OperatorInputs inputs)
    {
        if (inputs.Count < Minimum || inputs.Count > Maximum)
        {
            var expected = Minimum == Maximum ? $"{Minimum}" : Maximum == int.MaxValue ? $"at least {Minimum}" : $"{Minimum} to {Maximum}";
            throw inputs.Invalid($"it has {inputs.Count} inputs, it takes {expected}.");
        }
    }
}
