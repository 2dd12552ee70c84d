using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>A tensor of a recording.</summary>
/// <param name="Value">Null for texts, which are not compared.</param>
internal sealed record RecordedTensor(string Name, Tensor? Value);
