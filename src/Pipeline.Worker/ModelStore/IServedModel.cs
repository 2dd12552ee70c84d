using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;

namespace Pipeline.Worker.ModelStore;

/// <summary>A model held in memory until it is disposed. Safe for concurrent use; each call runs on the calling thread.</summary>
public interface IServedModel : IDisposable
{
    ModelFacts Facts { get; }

    /// <inheritdoc cref="LoadedModel.Classify"/>
    Prediction Classify(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken);

    /// <inheritdoc cref="LoadedModel.Look"/>
    PixelBuffer<byte> Look(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken);

    /// <inheritdoc cref="LoadedModel.WarmUp"/>
    void WarmUp(CancellationToken cancellationToken);
}
