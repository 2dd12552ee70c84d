namespace Pipeline.Worker.Documents;

public enum DocumentFilterOperator
{
    Equal,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
}
