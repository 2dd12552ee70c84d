namespace Pipeline.Models.Package.Inferring;

/// <summary>Why a model's folder gives no labels.</summary>
/// <param name="File">The file or folder that it is about.</param>
/// <param name="Detail">What is wrong and what would be right, without a full stop.</param>
public sealed record LabelProblem(string File, string Detail);
