using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Package;

/// <summary>The size of the picture that a model takes, and the shape in which it takes one.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Tensor">For one picture: [1, H, W, C] or [1, C, H, W]; [1, H, W] for grey; [1, H · W · C].</param>
internal sealed record InputShape(int Width, int Height, Shape Tensor);
