namespace Pipeline.Models;

/// <summary>One place of a legal model that this build cannot run.</summary>
/// <param name="Operator">The operator's name in the model's format, or the feature's where it is no operator (<c>SavedModel</c>, <c>Signature</c> …).</param>
/// <param name="Name">The node's name in the model.</param>
/// <param name="Attribute">The attribute or input that decides, or null where the operator as a whole is unknown.</param>
/// <param name="Reason">What is not supported, with the value found.</param>
public sealed record UnsupportedNode(string Operator, string Name, string? Attribute, string Reason)
{
    public override string ToString() =>
        Attribute is null ? $"{Operator} '{Name}': {Reason}" : $"{Operator} '{Name}', {Attribute}: {Reason}";
}
