using System.Collections.Immutable;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Cli.ModelFiles;

/// <summary>A model that was read, and the shapes that its figures are for.</summary>
/// <param name="Shapes">One for each input of the graph, in order.</param>
internal sealed record OpenedModel(SavedModelGraph Model, ImmutableArray<PartialShape> Shapes)
{
    /// <exception cref="InvalidShapeOptionException">A shape was typed that cannot be used.</exception>
    /// <remarks>The exceptions of <see cref="PackageFolder.RefuseUnlessModel"/>, <see cref="SavedModelReader.Read"/> and <see cref="ManifestReader.ReadFile"/> come through.</remarks>
    public static OpenedModel Open(ModelSelection selection)
    {
        PackageFolder.RefuseUnlessModel(selection.Folder);
        var manifestFile = Path.Combine(selection.Folder, ModelManifest.FileName);
        var manifest = File.Exists(manifestFile) ? ManifestReader.ReadFile(manifestFile) : null;
        var model = SavedModelReader.Read(selection.Folder, new SavedModelReadOptions
        {
            Signature = selection.Signature ?? manifest?.Signature ?? SavedModelReadOptions.Default.Signature,
            Tags = selection.Tags,
        });
        return new OpenedModel(model, InputShapes.Resolve(model.Graph.Inputs, selection.Shapes, manifest?.Input));
    }
}
