namespace Pipeline.Models.Package;

/// <summary>What turns a model's output into scores.</summary>
public enum Activation
{
    /// <summary>The output is the scores.</summary>
    None,

    /// <summary>exp(x - max) / sum: one of the classes.</summary>
    Softmax,

    /// <summary>1 / (1 + exp(-x)): each class for itself.</summary>
    Sigmoid,
}
