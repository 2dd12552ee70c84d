using System.Collections.Immutable;

namespace Pipeline.Cli.ModelFiles;

/// <summary>Which graph of which model a command is about.</summary>
/// <param name="Folder">A SavedModel, with or without a manifest.</param>
/// <param name="Signature">Null: the manifest's, or <c>serving_default</c>.</param>
/// <param name="Tags">Of the meta graph; default: <c>serve</c>.</param>
/// <param name="Shapes">As typed: <c>1,224,224,3</c> where there is one input, else <c>NAME=1,224,224,3</c>.</param>
internal sealed record ModelSelection(string Folder, string? Signature, ImmutableArray<string> Tags, ImmutableArray<string> Shapes);
