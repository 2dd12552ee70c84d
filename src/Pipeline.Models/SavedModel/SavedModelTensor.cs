using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel;

/// <summary>An input or output of a signature, as the signature states it.</summary>
/// <param name="Name">The name under which callers know it.</param>
/// <param name="TensorName">The value of the graph that it stands for: <c>node:0</c>.</param>
public sealed record SavedModelTensor(string Name, DataType DataType, PartialShape Shape, string TensorName);
