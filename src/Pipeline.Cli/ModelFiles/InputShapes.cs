using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.ModelFiles;

/// <summary>The shapes that figures of a model are for: what was typed, else one picture as signature and manifest say.</summary>
internal static class InputShapes
{
    private const int PictureRank = 4;

    /// <param name="options">As in <see cref="ModelSelection.Shapes"/>.</param>
    /// <param name="manifest">Null where the model has none.</param>
    /// <returns>One for each input, in order; what nobody says stays open.</returns>
    /// <exception cref="InvalidShapeOptionException">An option cannot be read, names no input, or does not fit it.</exception>
    public static ImmutableArray<PartialShape> Resolve(IReadOnlyList<Value> inputs, IReadOnlyList<string> options, InputManifest? manifest)
    {
        var typed = new Dictionary<string, PartialShape>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            var (input, shape) = Read(option, inputs);
            if (!typed.TryAdd(input.Name, shape))
            {
                throw new InvalidShapeOptionException(option, $"input '{input.Name}' has a shape already.");
            }
        }

        return [.. inputs.Select(input => typed.TryGetValue(input.Name, out var shape) ? shape : Fill(input, manifest, isOnlyOne: inputs.Count == 1))];
    }

    private static (Value Input, PartialShape Shape) Read(string option, IReadOnlyList<Value> inputs)
    {
        var split = option.LastIndexOf('=');
        var input = split >= 0 ? inputs.FirstOrDefault(candidate => candidate.Name == option[..split])
            : inputs.Count == 1 ? inputs[0]
            : null;
        if (input is null)
        {
            throw new InvalidShapeOptionException(option, $"write NAME=1,224,224,3; inputs are {string.Join(", ", inputs.Select(candidate => candidate.ToString()))}.");
        }

        var dimensions = new List<int>();
        foreach (var text in option[(split + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension))
            {
                throw new InvalidShapeOptionException(option, $"'{text}' is no dimension; whole numbers with commas between them are.");
            }

            dimensions.Add(dimension);
        }

        try
        {
            var shape = Shape.Of([.. dimensions]);
            return input.Shape.Admits(shape) ? (input, shape) : throw new InvalidShapeOptionException(option, $"input '{input.Name}' is {input.Type}.");
        }
        catch (InvalidShapeException error)
        {
            throw new InvalidShapeOptionException(option, error.Message);
        }
    }

    private static PartialShape Fill(Value input, InputManifest? manifest, bool isOnlyOne)
    {
        var isPicture = manifest is not null && (manifest.Tensor is { } name ? name == input.Name : isOnlyOne);
        var shape = isPicture && !input.Shape.HasRank ? PartialShape.OfRank(PictureRank) : input.Shape;
        if (!shape.HasRank)
        {
            return shape;
        }

        int[] dimensions = [.. shape.Dimensions];
        FillIn(dimensions, 0, 1);
        if (isPicture && dimensions.Length == PictureRank)
        {
            var (height, width, channels) = manifest!.Layout == TensorLayout.Nhwc ? (1, 2, 3) : (2, 3, 1);
            FillIn(dimensions, height, manifest.Height);
            FillIn(dimensions, width, manifest.Width);
            FillIn(dimensions, channels, manifest.Channels);
        }

        return PartialShape.Of(dimensions);
    }

    private static void FillIn(int[] dimensions, int axis, int? value)
    {
        if (axis < dimensions.Length && dimensions[axis] == PartialShape.UnknownDimension)
        {
            dimensions[axis] = value ?? PartialShape.UnknownDimension;
        }
    }
}
