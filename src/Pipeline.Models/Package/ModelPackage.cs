using System.Collections.Immutable;
using Pipeline.Inference.Execution;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Package;

/// <summary>Loads a model package: a folder that holds a model, its labels and its manifest.</summary>
public static class ModelPackage
{
    private const string SavedModelFile = "saved_model.pb";

    /// <summary>
    /// Reads the manifest, checks the hash where it states one, reads the model, holds both against each other and loads the weights. Nothing
    /// is run: <see cref="LoadedModel.WarmUp"/> does that.
    /// </summary>
    /// <param name="folder">The package.</param>
    /// <param name="timeProvider">Measures the stages and bounds decoding.</param>
    /// <param name="cancellationToken">Looked at between the steps and while files are hashed.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidModelException">The folder holds no model, or its files are broken or not those that the manifest's hash is of.</exception>
    /// <exception cref="UnsupportedModelException">The model needs what is not built; everything it needs is listed.</exception>
    /// <exception cref="MissingManifestException">There is no manifest; carries those to choose from.</exception>
    /// <exception cref="InvalidManifestException">The manifest is not in its format, or belongs to another model; all errors are listed.</exception>
    /// <exception cref="UnsupportedManifestException">The manifest asks for what is not built; all of it is listed.</exception>
    /// <exception cref="InvalidLabelsException">The label file is missing or broken, or has more or fewer labels than the model has classes.</exception>
    /// <exception cref="MemoryLimitExceededException">The weights take more memory than allowed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LoadedModel Load(string folder, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        RefuseUnlessSavedModel(folder);
        var manifestFile = Path.Combine(folder, ModelManifest.FileName);
        return File.Exists(manifestFile)
            ? Load(folder, ManifestReader.ReadFile(manifestFile), timeProvider, cancellationToken)
            : throw MissingManifest(folder);
    }

    /// <summary>Loads a package with another manifest than the one that lies in it, or with one where none does.</summary>
    /// <inheritdoc cref="Load(string, TimeProvider, CancellationToken)"/>
    public static LoadedModel Load(string folder, ModelManifest manifest, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(timeProvider);
        RefuseUnlessSavedModel(folder);
        var manifestFile = Path.Combine(folder, ModelManifest.FileName);
        var sha256 = ModelHash.OfSavedModel(folder, cancellationToken);
        if (manifest.Sha256 is not null && manifest.Sha256 != sha256)
        {
            throw new InvalidModelException(
                folder, $"{SavedModelFile}, variables/ and assets/", $"the SHA-256 that {ModelManifest.FileName} states, {manifest.Sha256}", sha256);
        }

        var model = Read(folder, manifest.Signature);
        cancellationToken.ThrowIfCancellationRequested();
        var labels = LabelFile.ReadFile(Path.Combine(folder, manifest.Output.Labels));
        var binding = ModelBinding.Create(
            manifest, Specs(model.Inputs), Specs(model.Outputs), output => OutputActivation.IsActivated(model.Graph, output), labels, manifestFile);
        var facts = new ModelFacts(manifest.Name ?? new DirectoryInfo(folder).Name, manifest.Version, sha256, ModelFormat.SavedModel);
        return new LoadedModel(facts, new InferenceSession(model.Graph), binding, manifestFile, timeProvider);
    }

    private static void RefuseUnlessSavedModel(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; a model package was expected.");
        }

        if (File.Exists(Path.Combine(folder, SavedModelFile)))
        {
            return;
        }

        if (Directory.EnumerateFiles(folder, "*.tflite").Order(StringComparer.Ordinal).FirstOrDefault() is { } file)
        {
            var reason = $"models of this format are not read yet; a SavedModel, a folder with {SavedModelFile}, is";
            throw new UnsupportedModelException(folder, [new UnsupportedNode("TensorFlowLite", Path.GetFileName(file), null, reason)]);
        }

        throw new InvalidModelException(folder, "model package", $"{SavedModelFile} with variables/", "neither that nor a .tflite file");
    }

    private static MissingManifestException MissingManifest(string folder)
    {
        var model = Read(folder, new SavedModelReadOptions().Signature);
        var input = Specs(model.Inputs).FirstOrDefault() ?? throw new InvalidModelException(folder, $"signature '{model.SignatureName}'", "an input", "none");
        var output = Specs(model.Outputs)[0];
        var isActivated = OutputActivation.IsActivated(model.Graph, output.Name);
        return new MissingManifestException(folder, ManifestProposal.For(model.SignatureName, input, output, isActivated));
    }

    private static SavedModelGraph Read(string folder, string signature) => SavedModelReader.Read(folder, new SavedModelReadOptions { Signature = signature });

    private static ImmutableArray<TensorSpec> Specs(ImmutableArray<SavedModelTensor> tensors) =>
        [.. tensors.Select(tensor => new TensorSpec(tensor.Name, tensor.DataType, tensor.Shape))];
}
