using CloudNative.CloudEvents;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>What all shapes of events share when their attributes are set.</summary>
internal static class EventEnvelope
{
    /// <summary>Sets an attribute from its text form.</summary>
    /// <exception cref="InvalidRequestException">The name or the value is not allowed.</exception>
    public static void Set(CloudEvent cloudEvent, string name, string value)
    {
        try
        {
            cloudEvent.SetAttributeFromString(name, value);
        }
        catch (Exception exception) when (IsInvalidAttribute(exception))
        {
            throw InvalidRequestException.Malformed($"The event's attribute '{name}' is invalid: {exception.Message}", exception);
        }
    }

    /// <exception cref="InvalidRequestException">A required attribute is missing.</exception>
    public static void CheckComplete(CloudEvent cloudEvent)
    {
        if (!cloudEvent.IsValid)
        {
            var missing = cloudEvent.SpecVersion.RequiredAttributes.Where(attribute => cloudEvent[attribute] is null).Select(attribute => attribute.Name);
            throw InvalidRequestException.Malformed($"The event lacks what every event has: {string.Join(", ", missing)}.");
        }
    }

    /// <summary>What the CloudEvents library throws for attributes that it does not accept.</summary>
    public static bool IsInvalidAttribute(Exception exception) =>
        exception is ArgumentException or FormatException or OverflowException or InvalidOperationException;
}
