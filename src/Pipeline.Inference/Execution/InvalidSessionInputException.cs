namespace Pipeline.Inference.Execution;

/// <summary>The caller of a run gave an input that the model does not take.</summary>
public sealed class InvalidSessionInputException : Exception
{
    public InvalidSessionInputException(string input, string problem)
        : base($"Input '{input}': {problem}")
    {
        Input = input;
    }

    public string Input { get; }
}
