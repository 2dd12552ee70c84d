namespace Pipeline.Inference.Operators;

public enum LogicalFunction
{
    And,
    Or,
}
