namespace Pipeline.Testing.Simulation.History;

/// <summary>Which process and piece of work the running code belongs to; flows through awaits and into requests.</summary>
public static class Actor
{
    /// <summary>Somebody who is no worker.</summary>
    public const string Stranger = "stranger";

    private static readonly AsyncLocal<string?> Flowing = new();

    /// <summary>For example <c>w1.2/upload7</c>, or <c>-</c> outside of any work.</summary>
    public static string Current => Flowing.Value ?? "-";

    /// <summary>From here on, in this flow, the work is this actor's.</summary>
    public static void Become(string name) => Flowing.Value = name;
}
