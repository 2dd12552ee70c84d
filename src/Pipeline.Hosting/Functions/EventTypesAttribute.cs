namespace Pipeline.Hosting.Functions;

/// <summary>
/// The event types that a function knows. Others are acknowledged with a warning, their data unread. A function without it is given every type.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventTypesAttribute : Attribute
{
    /// <param name="types">Exact CloudEvent types, for example <c>google.cloud.storage.object.v1.finalized</c>.</param>
    public EventTypesAttribute(params string[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        Types = types;
    }

    public IReadOnlyList<string> Types { get; }
}
