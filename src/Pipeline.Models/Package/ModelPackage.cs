using System.Collections.Immutable;
using Pipeline.Inference.Execution;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Package;

/// <summary>Loads a model package: a folder that holds a model, its labels and its manifest.</summary>
public static class ModelPackage
{
    /// <summary>
    /// Reads the manifest, or infers it where there is none, checks the hash where it states one, reads the model, holds both against each other and loads the weights. Nothing
    /// is run: <see cref="LoadedModel.WarmUp"/> does that.
    /// </summary>
    /// <param name="folder">The package.</param>
    /// <param name="timeProvider">Measures the stages and bounds decoding.</param>
    /// <param name="cancellationToken">Looked at between the steps and while files are hashed.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidModelException">The folder holds no model, or its files are broken or not those that the manifest's hash is of.</exception>
    /// <exception cref="UnsupportedModelException">The model needs what is not built; everything it needs is listed.</exception>
    /// <exception cref="MissingManifestException">There is no manifest, and the model's files do not say how it is fed; carries manifests to choose from.</exception>
    /// <exception cref="InvalidManifestException">The manifest is not in its format, or belongs to another model; all errors are listed.</exception>
    /// <exception cref="UnsupportedManifestException">The manifest asks for what is not built; all of it is listed.</exception>
    /// <exception cref="InvalidLabelsException">The label file is missing or broken, or has more or fewer labels than the model has classes.</exception>
    /// <exception cref="MemoryLimitExceededException">The weights take more memory than allowed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file or the folder may not be read.</exception>
    public static LoadedModel Load(string folder, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        PackageFolder.RefuseUnlessModel(folder);
        var manifestFile = Path.Combine(folder, ModelManifest.FileName);
        return File.Exists(manifestFile)
            ? Load(folder, ManifestReader.ReadFile(manifestFile), timeProvider, cancellationToken)
            : LoadInferred(folder, timeProvider, cancellationToken);
    }

    /// <summary>Loads a package with another manifest than the one that lies in it, or with one where none does.</summary>
    /// <inheritdoc cref="Load(string, TimeProvider, CancellationToken)"/>
    public static LoadedModel Load(string folder, ModelManifest manifest, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        PackageFolder.RefuseUnlessModel(folder);
        return Load(folder, manifest, [], timeProvider, cancellationToken);
    }

    private static LoadedModel Load(
        string folder, ModelManifest manifest, ImmutableArray<InferredValue> inferred, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var manifestFile = Path.Combine(folder, ModelManifest.FileName);
        var hashing = Task.Run(() => Hash(folder, cancellationToken), CancellationToken.None);
        string sha256;
        SavedModelGraph model;
        ModelBinding binding;
        try
        {
            model = Read(folder, manifest.Signature);
            binding = Bind(folder, manifest, model, null);
        }
        finally
        {
            // Files that are not those of the manifest explain whatever else is wrong with them.
            sha256 = hashing.GetAwaiter().GetResult();
            RefuseUnlessStated(folder, manifest, sha256);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var facts = new ModelFacts(manifest.Name ?? new DirectoryInfo(folder).Name, manifest.Version, sha256, ModelFormat.SavedModel);
        using var stage = Stages.Begin("session made");
        return new LoadedModel(facts, new InferenceSession(model.Graph), binding, inferred, manifestFile, timeProvider);
    }

    /// <summary>Holds a manifest against a package's model and labels, without loading weights.</summary>
    /// <param name="labelFile">A label file that is not in the folder yet; null: the manifest's.</param>
    /// <exception cref="InvalidManifestException">They do not go together; all errors are listed.</exception>
    /// <exception cref="UnsupportedManifestException">The manifest asks for what is not built; all of it is listed.</exception>
    /// <exception cref="InvalidLabelsException">The label file is missing or broken, or has more or fewer labels than the model has classes.</exception>
    /// <remarks>The exceptions of <see cref="SavedModelReader.Read"/> come through.</remarks>
    public static void Check(string folder, ModelManifest manifest, string? labelFile = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        PackageFolder.RefuseUnlessModel(folder);
        Bind(folder, manifest, Read(folder, manifest.Signature), labelFile);
    }

    private static LoadedModel LoadInferred(string folder, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var inferred = ManifestInference.Infer(folder);
        return Load(folder, inferred.ToManifest(), inferred.Values, timeProvider, cancellationToken);
    }

    private static string Hash(string folder, CancellationToken cancellationToken)
    {
        using var stage = Stages.Begin("model hashed");
        return ModelHash.OfSavedModel(folder, cancellationToken);
    }

    private static void RefuseUnlessStated(string folder, ModelManifest manifest, string sha256)
    {
        if (manifest.Sha256 is not null && manifest.Sha256 != sha256)
        {
            throw new InvalidModelException(
                folder, $"{PackageFolder.SavedModelFile}, variables/ and assets/", $"the SHA-256 that {ModelManifest.FileName} states, {manifest.Sha256}", sha256);
        }
    }

    private static ModelBinding Bind(string folder, ModelManifest manifest, SavedModelGraph model, string? labelFile) => ModelBinding.Create(
        manifest,
        Specs(model.Inputs),
        Specs(model.Outputs),
        output => OutputActivation.IsActivated(model.Graph, output),
        LabelFile.ReadFile(labelFile ?? PackageFolder.Locate(folder, manifest.Output.Labels)),
        Path.Combine(folder, ModelManifest.FileName));

    private static SavedModelGraph Read(string folder, string signature)
    {
        using var stage = Stages.Begin("graph read");
        return SavedModelReader.Read(folder, new SavedModelReadOptions { Signature = signature });
    }

    private static ImmutableArray<TensorSpec> Specs(ImmutableArray<SavedModelTensor> tensors) =>
        [.. tensors.Select(tensor => new TensorSpec(tensor.Name, tensor.DataType, tensor.Shape))];
}
