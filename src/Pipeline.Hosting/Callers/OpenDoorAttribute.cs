namespace Pipeline.Hosting.Callers;

/// <summary>Says of a function for HTTP that anybody may call it: it looks at its callers itself. Functions for events have no such door.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenDoorAttribute : Attribute;
