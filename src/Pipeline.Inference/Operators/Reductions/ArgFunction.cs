namespace Pipeline.Inference.Operators;

public enum ArgFunction
{
    Maximum,
    Minimum,
}
