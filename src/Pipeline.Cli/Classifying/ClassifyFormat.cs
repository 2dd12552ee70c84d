namespace Pipeline.Cli.Classifying;

/// <summary>How classified files are told.</summary>
internal enum ClassifyFormat
{
    Table,
    Json,
    Csv,
}
