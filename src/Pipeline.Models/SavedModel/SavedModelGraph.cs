using System.Collections.Immutable;
using Pipeline.Inference.Graphs;

namespace Pipeline.Models.SavedModel;

/// <summary>
/// One signature of a SavedModel, ready for an inference session. Weights are handles into the model's files, which are read when the session wants them.
/// </summary>
/// <param name="Graph">Its inputs and outputs have the signature's names.</param>
/// <param name="Tags">Those of the meta graph, in the file's order.</param>
/// <param name="SignatureName">The signature that was read.</param>
/// <param name="MethodName">For example <c>tensorflow/serving/predict</c>; empty in TF1-hub modules. Files name it wrongly at times.</param>
/// <param name="Inputs">In the order of their names, ordinal.</param>
/// <param name="Outputs">In the order of their names, ordinal.</param>
/// <param name="SignatureNames">All that the meta graph has, ordinal, without those that initialise or train.</param>
/// <param name="TensorFlowVersion">What wrote the file, or empty.</param>
public sealed record SavedModelGraph(
    Graph Graph,
    ImmutableArray<string> Tags,
    string SignatureName,
    string MethodName,
    ImmutableArray<SavedModelTensor> Inputs,
    ImmutableArray<SavedModelTensor> Outputs,
    ImmutableArray<string> SignatureNames,
    string TensorFlowVersion);
