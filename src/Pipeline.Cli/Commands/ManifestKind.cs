namespace Pipeline.Cli.Commands;

/// <summary>How a word of the command line becomes a value of <c>model.json</c>.</summary>
internal enum ManifestKind
{
    Text,
    Number,

    /// <summary>One number, or several with commas between them.</summary>
    Numbers,

    /// <summary>True where the word stands there.</summary>
    Switch,

    /// <summary>The option once for each text.</summary>
    Texts,

    /// <summary>The option once for each <c>NAME=NUMBER</c>.</summary>
    NamedNumbers,
}
