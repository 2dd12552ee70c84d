using System.Runtime.InteropServices;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>A decoded picture to the model's input tensor, as the manifest says. Safe for concurrent use.</summary>
public sealed class Preprocessor
{
    private readonly FitSpec _fit;
    private readonly Resampling _resampling;
    private readonly Normalization _normalization;
    private readonly TensorSpec _input;
    private readonly Shape _shape;
    private readonly TensorLayout _layout;
    private readonly bool _swapsRedAndBlue;

    private Preprocessor(InputManifest manifest, TensorSpec input, InputShape shape, Normalization normalization, ResizeMethod method)
    {
        _input = input;
        _shape = shape.Tensor;
        _layout = manifest.Layout;
        _swapsRedAndBlue = manifest.Color == ChannelOrder.Bgr;
        _normalization = normalization;
        _resampling = new Resampling(method, manifest.AlignCorners);
        _fit = new FitSpec(manifest.Fit, shape.Width, shape.Height)
        {
            ResizeTo = manifest.ResizeTo ?? 0,
            Fraction = manifest.Fraction ?? 1,
            Pad = ToPadColor(manifest),
        };
        DecodeOptions = new DecodeOptions
        {
            Reference = manifest.Decode,
            Color = manifest.Color == ChannelOrder.Gray ? PixelColor.Gray : PixelColor.Rgb,
            Alpha = manifest.Alpha,
            ApplyOrientation = manifest.ApplyOrientation,
            AcceptTruncated = manifest.AcceptTruncated,
        };
    }

    /// <summary>How a picture must be decoded for <see cref="Prepare"/>.</summary>
    public DecodeOptions DecodeOptions { get; }

    /// <summary>Pixels of the picture that the model sees.</summary>
    public int Width => _fit.Width;

    /// <summary>Pixels of the picture that the model sees.</summary>
    public int Height => _fit.Height;

    /// <param name="input">The model's input.</param>
    /// <param name="file">The manifest's path, for messages.</param>
    /// <exception cref="InvalidManifestException">The manifest does not fit the input; both are named.</exception>
    /// <exception cref="UnsupportedManifestException">The manifest asks for what is not built, with what is.</exception>
    public static Preprocessor Create(InputManifest manifest, TensorSpec input, string file)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(input);
        var findings = new ManifestFindings();
        var preprocessor = TryCreate(manifest, input, findings);
        findings.ThrowIfAny(file);
        return preprocessor!;
    }

    /// <returns>Null where <paramref name="findings"/> got something.</returns>
    internal static Preprocessor? TryCreate(InputManifest manifest, TensorSpec input, ManifestFindings findings)
    {
        var shape = new InputShapeResolver(manifest, input, findings).Resolve();
        var isKnownType = input.DataType is DataType.Float32 or DataType.UInt8 or DataType.Int8;
        if (!isKnownType)
        {
            findings.Unsupported("$.input.tensor", $"\"{input.Name}\", which is {input.DataType}", "Float32, UInt8 and Int8");
        }

        var normalization = isKnownType ? Normalization.Resolve(manifest, input, findings) : null;
        var isBuilt = BuiltFeatures.Check(manifest, findings, out var method);
        if (shape is not null && manifest.Fit == FitMode.ShortSide && Math.Max(shape.Width, shape.Height) is var least && manifest.ResizeTo < least)
        {
            findings.Invalid(
                "$.input.resizeTo", $"{manifest.ResizeTo}", $"{least} or more: the input of {shape.Width} x {shape.Height} pixels is cut out of it");
            return null;
        }

        return shape is not null && normalization is not null && isBuilt ? new Preprocessor(manifest, input, shape, normalization, method) : null;
    }

    /// <summary>Fits, resizes, normalises and lays out one picture.</summary>
    /// <param name="image">Decoded with <see cref="DecodeOptions"/>.</param>
    /// <returns>A tensor of the input's type for a batch of one.</returns>
    public Tensor Prepare(PixelBuffer<byte> image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var picture = Fitter.Fit(image, _fit, _resampling);
        var tensor = Tensor.Uninitialized(DataType.Float32, _shape);
        var values = tensor.Elements<float>();
        var channels = picture.Channels;
        var plane = picture.Width * picture.Height;
        for (var channel = 0; channel < channels; channel++)
        {
            var source = _swapsRedAndBlue ? channels - 1 - channel : channel;
            var (offset, stride) = _layout == TensorLayout.Nhwc ? (channel, channels) : (channel * plane, 1);
            _normalization.Apply(picture, source, channel, values[offset..], stride);
        }

        return _input.DataType switch
        {
            DataType.UInt8 => Rounded<byte>(values),
            DataType.Int8 => Rounded<sbyte>(values),
            _ => tensor,
        };
    }

    /// <summary>
    /// The picture that a tensor holds, for people to look at: effectively computes x * std + mean for each value, rounded half away from zero and held
    /// within 0 to 255; NaN is 0. Pictures that were resized to bytes come back exactly.
    /// </summary>
    /// <param name="input">As <see cref="Prepare"/> makes it.</param>
    /// <returns>Red, green and blue, or grey, whatever the tensor's layout and order of channels.</returns>
    public PixelBuffer<byte> Restore(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.DataType != _input.DataType || input.Shape != _shape)
        {
            throw new ArgumentException($"The tensor is {input.DataType} {input.Shape}, this model's input is {_input.DataType} {_shape}.", nameof(input));
        }

        var values = Singles(input);
        var picture = new PixelBuffer<byte>(Width, Height, DecodeOptions.Color == PixelColor.Gray ? 1 : 3);
        var channels = picture.Channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var target = _swapsRedAndBlue ? channels - 1 - channel : channel;
            var (offset, stride) = _layout == TensorLayout.Nhwc ? (channel, channels) : (channel * Width * Height, 1);
            _normalization.Undo(values[offset..], stride, channel, picture, target);
        }

        return picture;
    }

    private static ReadOnlySpan<float> Singles(Tensor input) => input.DataType switch
    {
        DataType.UInt8 => Array.ConvertAll(input.Bytes.ToArray(), static value => (float)value),
        DataType.Int8 => Array.ConvertAll(MemoryMarshal.Cast<byte, sbyte>(input.Bytes).ToArray(), static value => (float)value),
        _ => input.Elements<float>(),
    };

    /// <summary>Rounds half away from zero, as quantisation does in TensorFlow Lite.</summary>
    private Tensor Rounded<T>(ReadOnlySpan<float> values)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var tensor = Tensor.Uninitialized(_input.DataType, _shape);
        var rounded = MemoryMarshal.Cast<byte, T>(tensor.Bytes);
        for (var i = 0; i < values.Length; i++)
        {
            rounded[i] = T.CreateSaturating(MathF.Round(values[i], MidpointRounding.AwayFromZero));
        }

        return tensor;
    }

    private static PadColor ToPadColor(InputManifest manifest) => manifest switch
    {
        { Pad: [var all] } => new PadColor(all, all, all),
        { Color: ChannelOrder.Bgr, Pad: [var blue, var green, var red] } => new PadColor(red, green, blue),
        _ => new PadColor(manifest.Pad[0], manifest.Pad[1], manifest.Pad[2]),
    };
}
