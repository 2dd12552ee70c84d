using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Inspecting;

/// <summary>How a model is fed: by its manifest, or as its files tell.</summary>
/// <param name="Inferred">Null where there is a manifest, or where the model is no classifier of pictures.</param>
/// <param name="Problem">Why the manifest does not fit, or why the files tell nothing; else null.</param>
internal sealed record Feeding(bool HasManifest, InferredManifest? Inferred, string? Problem)
{
    public static Feeding Of(ModelSelection selection)
    {
        var manifest = Path.Combine(selection.Folder, ModelManifest.FileName);
        var hasManifest = File.Exists(manifest);
        try
        {
            if (!hasManifest)
            {
                return new Feeding(false, ManifestInference.Infer(selection.Folder, new InferenceHints(selection.Signature)), null);
            }

            ModelPackage.Check(selection.Folder, ManifestReader.ReadFile(manifest));
            return new Feeding(true, null, null);
        }
        catch (Exception error) when (ModelFailures.IsOfTheModel(error))
        {
            return new Feeding(hasManifest, null, error.Message);
        }
    }
}
