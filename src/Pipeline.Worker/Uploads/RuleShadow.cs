namespace Pipeline.Worker.Uploads;

/// <summary>A rule that never decides: whatever it matches, an earlier one matches.</summary>
/// <param name="Index">The rule's place, from 0.</param>
/// <param name="By">The earlier rule's place, from 0.</param>
public sealed record RuleShadow(int Index, int By);
