using System.Collections.Immutable;
using Pipeline.Imaging;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Cli.Verifying;

/// <summary>A model that can be fed in several ways. Safe for concurrent use.</summary>
internal sealed class TrialModel
{
    private readonly InferenceSession _session;
    private readonly string _file;

    /// <param name="manifest">Says signature, tensors and labels, for all ways.</param>
    /// <remarks>The exceptions of <see cref="ModelPackage.Check"/> come through.</remarks>
    public TrialModel(string folder, ModelManifest manifest)
    {
        ModelPackage.Check(folder, manifest);
        _file = Path.Combine(folder, ModelManifest.FileName);
        var model = SavedModelReader.Read(folder, new SavedModelReadOptions { Signature = manifest.Signature });
        Input = Choose(model.Inputs, manifest.Input.Tensor);
        Output = Choose(model.Outputs, manifest.Output.Tensor);
        Labels = LabelFile.ReadFile(Path.Combine(folder, manifest.Output.Labels));
        Postprocessor = Postprocessor.Create(manifest.Output, Output, Labels, _file);
        _session = new InferenceSession(model.Graph);
    }

    public TensorSpec Input { get; }

    public TensorSpec Output { get; }

    public ImmutableArray<string> Labels { get; }

    public Postprocessor Postprocessor { get; }

    /// <remarks>The exceptions of <see cref="Preprocessor.Create"/> come through.</remarks>
    public Preprocessor Preprocess(ModelManifest manifest) => Preprocessor.Create(manifest.Input, Input, _file);

    /// <summary>The score of each class, or null where they are no numbers.</summary>
    public double[]? Scores(Preprocessor preprocessor, PixelBuffer<byte> picture, CancellationToken cancellationToken)
    {
        try
        {
            return Postprocessor.Scores((Tensor)Run(preprocessor.Prepare(picture), cancellationToken)[Output.Name]);
        }
        catch (NonFiniteScoresException)
        {
            return null;
        }
    }

    /// <summary>All outputs by name.</summary>
    public IReadOnlyDictionary<string, RuntimeValue> Run(RuntimeValue input, CancellationToken cancellationToken) =>
        _session.Run(new Dictionary<string, RuntimeValue>(StringComparer.Ordinal) { [Input.Name] = input }, cancellationToken);

    private static TensorSpec Choose(ImmutableArray<SavedModelTensor> tensors, string? name)
    {
        var tensor = tensors.First(candidate => candidate.Name == (name ?? candidate.Name));
        return new TensorSpec(tensor.Name, tensor.DataType, tensor.Shape);
    }
}
