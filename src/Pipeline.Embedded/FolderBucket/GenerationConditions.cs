namespace Pipeline.Embedded.FolderBucket;

/// <summary>What must hold of the live object for a request to be done. Generation 0 stands for "there is none".</summary>
public sealed record GenerationConditions(
    long? IfGenerationMatch = null,
    long? IfGenerationNotMatch = null,
    long? IfMetagenerationMatch = null,
    long? IfMetagenerationNotMatch = null)
{
    public static GenerationConditions None { get; } = new();

    /// <summary>The first condition that does not hold, in words, or null where all do.</summary>
    internal ConditionFault? Check(StoredObject? live)
    {
        var generation = live?.Version.Generation ?? 0;
        var metageneration = live?.Metageneration ?? 0;
        return Match(nameof(IfGenerationMatch), IfGenerationMatch, generation)
            ?? Match(nameof(IfMetagenerationMatch), IfMetagenerationMatch, metageneration)
            ?? NotMatch(nameof(IfGenerationNotMatch), IfGenerationNotMatch, generation)
            ?? NotMatch(nameof(IfMetagenerationNotMatch), IfMetagenerationNotMatch, metageneration);
    }

    private static ConditionFault? Match(string name, long? wanted, long live) =>
        wanted is null || wanted == live ? null : new ConditionFault($"{name} is {wanted}, live is {live}.", IsNotMatch: false);

    private static ConditionFault? NotMatch(string name, long? unwanted, long live) =>
        unwanted is null || unwanted != live ? null : new ConditionFault($"{name} is {unwanted}, and so is the live one.", IsNotMatch: true);
}
