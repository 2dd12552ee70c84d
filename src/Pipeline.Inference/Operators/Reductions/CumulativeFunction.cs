namespace Pipeline.Inference.Operators;

public enum CumulativeFunction
{
    Sum,
    Product,
}
