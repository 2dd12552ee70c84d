using System.Collections.Immutable;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.SavedModel;

/// <summary>What a SavedModel says of its signatures, without its graph being read.</summary>
public static class SavedModelSignatures
{
    /// <summary>All names, ordinal, without those that initialise or train.</summary>
    /// <exception cref="InvalidModelException">The file is missing or broken, or has no meta graph of these tags.</exception>
    /// <exception cref="UnsupportedModelException">The model is there in another form only.</exception>
    /// <exception cref="IOException">The file cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImmutableArray<string> NamesOf(string folder, SavedModelReadOptions? options = null) =>
        Signature.NamesOf(ReadMetaGraph(folder, options ?? SavedModelReadOptions.Default));

    /// <summary>The inputs of the signature that the options name, in the order of their names, ordinal.</summary>
    /// <inheritdoc cref="NamesOf"/>
    public static ImmutableArray<SavedModelTensor> InputsOf(string folder, SavedModelReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Signature.Find(ReadMetaGraph(folder, options), options.Signature).Inputs;
    }

    private static MetaGraph ReadMetaGraph(string folder, SavedModelReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var file = MessageFile.Read(new SavedModelFolder(folder).FindGraphFile(), options.MaxGraphFileBytes, options.MaxMessageBytes);
        return MetaGraph.Find(file, options.Tags);
    }
}
