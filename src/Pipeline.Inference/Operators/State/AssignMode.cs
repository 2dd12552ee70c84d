namespace Pipeline.Inference.Operators;

public enum AssignMode
{
    Assign,
    Add,
    Subtract,
}
