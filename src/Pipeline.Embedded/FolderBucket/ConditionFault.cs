namespace Pipeline.Embedded.FolderBucket;

/// <summary>A condition that does not hold.</summary>
/// <param name="Message">Which one, with both numbers.</param>
/// <param name="IsNotMatch">Whether it asked for something else than what is live; a read then has nothing new to give.</param>
internal sealed record ConditionFault(string Message, bool IsNotMatch);
