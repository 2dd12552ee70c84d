namespace Pipeline.Cli.Operating;

/// <summary>What is to be done with dead letters.</summary>
internal enum LetterAction
{
    Retry,
    Park,
    Drop,
}
