using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Where an operator on pictures finds the channels. The engine's pictures are NHWC: NCHW operators get a transpose before and one behind.</summary>
internal sealed class DataFormat
{
    private readonly NodeTranslation _node;
    private readonly bool _isChannelsFirst;

    private DataFormat(NodeTranslation node, bool isChannelsFirst)
    {
        _node = node;
        _isChannelsFirst = isChannelsFirst;
    }

    /// <summary>Reads attribute <c>data_format</c>.</summary>
    public static DataFormat Read(NodeTranslation node) => node.Attributes.Text("data_format", "NHWC") switch
    {
        "NHWC" => new DataFormat(node, false),
        "NCHW" => new DataFormat(node, true),
        var other => throw node.Unsupported("data_format", $"'{other}'"),
    };

    /// <summary>A picture as the engine wants it.</summary>
    public Value ToEngine(Value picture) => _isChannelsFirst ? _node.Add(new Transpose(), picture, _node.Vector<int>(0, 2, 3, 1)) : picture;

    /// <summary>A picture as the node's consumers want it.</summary>
    public Value FromEngine(Value picture) => _isChannelsFirst ? _node.Add(new Transpose(), picture, _node.Vector<int>(0, 3, 1, 2)) : picture;

    /// <summary>Height and width of four numbers in this format.</summary>
    /// <param name="name">The attribute, for messages.</param>
    /// <exception cref="InvalidModelException">There are not four, or height or width are below 1.</exception>
    /// <exception cref="UnsupportedModelException">Batch or channels have another number than 1.</exception>
    public Extent2D Window(ReadOnlySpan<int> numbers, string name)
    {
        var text = $"[{string.Join(", ", numbers.ToArray())}]";
        if (numbers.Length != 4)
        {
            throw _node.Invalid($"attribute '{name}'", "four numbers", text);
        }

        var channels = numbers[_isChannelsFirst ? 1 : 3];
        var window = _isChannelsFirst ? new Extent2D(numbers[2], numbers[3]) : new Extent2D(numbers[1], numbers[2]);
        if (window.Height < 1 || window.Width < 1 || channels < 1 || numbers[0] < 1)
        {
            throw _node.Invalid($"attribute '{name}'", "numbers above 0", text);
        }

        return numbers[0] == 1 && channels == 1 ? window : throw _node.Unsupported(name, $"{text}: batch and channels are not 1");
    }

    /// <summary>Reads attributes <c>padding</c> and <c>explicit_paddings</c>.</summary>
    public Padding ReadPadding()
    {
        var mode = _node.Attributes.Text("padding");
        var numbers = _node.Attributes.Int32List("explicit_paddings", []);
        if (mode != "EXPLICIT")
        {
            return numbers.Length > 0
                ? throw _node.Invalid("attribute 'explicit_paddings'", $"none with padding {mode}", $"{numbers.Length}")
                : mode switch
                {
                    "SAME" => Padding.Same,
                    "VALID" => Padding.Valid,
                    _ => throw _node.Invalid("attribute 'padding'", "SAME, VALID or EXPLICIT", $"'{mode}'"),
                };
        }

        var text = $"[{string.Join(", ", numbers)}]";
        var spatial = _isChannelsFirst ? 4 : 2;
        if (numbers.Length != 8 || Array.Exists(numbers, number => number < 0))
        {
            throw _node.Invalid("attribute 'explicit_paddings'", "eight numbers of 0 or more", text);
        }

        if (numbers.Where((_, index) => index < spatial || index >= spatial + 4).Any(number => number != 0))
        {
            throw _node.Invalid("attribute 'explicit_paddings'", "0 for batch and channels", text);
        }

        return Padding.Explicit(numbers[spatial], numbers[spatial + 1], numbers[spatial + 2], numbers[spatial + 3]);
    }
}
