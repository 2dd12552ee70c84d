namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>Which outputs of a picture are computed: some pixels of some rows, in some panels of 16 outputs.</summary>
internal readonly record struct ConvolutionPart(int FirstRow, int Rows, int FirstPixel, int Pixels, int FirstPanel, int Panels);
