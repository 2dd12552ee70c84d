namespace Pipeline.Worker.Documents;

/// <summary>A comparison of a field (a path with '.') with a value of the same type.</summary>
public sealed record DocumentFilter(string Field, DocumentFilterOperator Operator, DocumentValue Value);
