namespace Pipeline.Worker.Documents;

/// <summary>A comparison of a field with a value. A value of another type never fulfils it (integers and doubles are one type).</summary>
/// <param name="Field">A field path (<see cref="DocumentFieldPath"/>).</param>
/// <param name="Operator">All but <see cref="DocumentFilterOperator.Equal"/> need the query to be ordered by this field.</param>
public sealed record DocumentFilter(string Field, DocumentFilterOperator Operator, DocumentValue Value);
