namespace Pipeline.Firebase.Identity.Callers;

/// <summary>What a token must claim.</summary>
/// <param name="Issuers">Who may have made it.</param>
/// <param name="Audiences">For whom it may be made; none: for anybody.</param>
/// <param name="ClockTolerance">How far the clocks may be apart.</param>
/// <param name="AcceptsRemovedSignature">Whether the platform's mark in place of the signature counts as one.</param>
internal sealed record TokenRules(IReadOnlyList<string> Issuers, IReadOnlyList<string> Audiences, TimeSpan ClockTolerance, bool AcceptsRemovedSignature = false);
