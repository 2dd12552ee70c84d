namespace Pipeline.Cli.ModelFiles;

/// <summary>A shape was typed that cannot be read, or that the model's input does not take.</summary>
internal sealed class InvalidShapeOptionException : Exception
{
    public InvalidShapeOptionException(string option, string problem)
        : base($"--shape {option}: {problem}")
    {
        Option = option;
    }

    public string Option { get; }
}
