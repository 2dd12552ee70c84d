using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Files;

namespace Pipeline.Models.SavedModel.Constants;

/// <summary>A constant whose raw elements lie in a graph file, which has no checksums.</summary>
internal sealed class FileConstantSource : NumericConstantSource
{
    private readonly ModelFile _file;
    private readonly long _start;

    /// <param name="start">Where the elements begin; the file reaches beyond their end.</param>
    public FileConstantSource(DataType dataType, Shape shape, ModelFile file, long start)
        : base(dataType, shape)
    {
        _file = file;
        _start = start;
    }

    protected override void ReadCore(long offset, Span<byte> destination) => _file.ReadExactly(_start + offset, destination);
}
