using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Restoring;
using Pipeline.Models.SavedModel.Translation;

namespace Pipeline.Models.SavedModel;

/// <summary>Reads TensorFlow SavedModels.</summary>
public static class SavedModelReader
{
    /// <summary>
    /// Reads one signature of the model in <paramref name="folder"/>. Weights are not read yet: the graph holds handles into the files, which stay open
    /// while it lives.
    /// </summary>
    /// <exception cref="InvalidModelException">
    /// A file is missing or broken, or has no such meta graph or signature; then the message lists those there are.
    /// </exception>
    /// <exception cref="UnsupportedModelException">The model is legal and needs what is not supported; everything of that kind is listed.</exception>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static SavedModelGraph Read(string folder, SavedModelReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= SavedModelReadOptions.Default;
        if (options.Tags.IsDefault)
        {
            throw new ArgumentException("The tags are missing; none is an empty array.", nameof(options));
        }

        var location = new SavedModelFolder(folder);
        var file = MessageFile.Read(location.FindGraphFile(), options.MaxGraphFileBytes, options.MaxMessageBytes);
        var metaGraph = MetaGraph.Find(file, options.Tags);
        var signature = Signature.Find(metaGraph, options.Signature);
        var library = metaGraph.ReadLibrary(options.MaxNodes);
        var limits = new FlatteningLimits(options.MaxNodes, options.MaxCalls, options.MaxCallDepth);
        var flat = GraphFlattener.Flatten(
            library,
            [.. signature.Inputs.Select(input => input.TensorName)],
            [.. signature.Outputs.Select(output => output.TensorName)],
            limits);
        var values = new VariableValues(location, library, metaGraph.Definition, limits);
        return new SavedModelGraph(
            GraphTranslator.Translate(file, signature, flat, values),
            metaGraph.Tags,
            signature.Name,
            signature.MethodName,
            signature.Inputs,
            signature.Outputs,
            Signature.NamesOf(metaGraph),
            metaGraph.Definition.MetaInfoDef?.TensorflowVersion ?? string.Empty);
    }
}
