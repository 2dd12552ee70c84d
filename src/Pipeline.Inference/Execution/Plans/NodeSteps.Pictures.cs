using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans;

/// <content>Pictures put into others, and resampled.</content>
internal sealed partial class NodeSteps<TLanes>
{
    // Tables of rows and columns are made before the plan's memory is counted.
    private const int LongestSide = 1 << 20;

    /// <summary>Rows and columns around pictures.</summary>
    private bool TryPad(Node node, Pad pad)
    {
        var inputs = OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs);
        if (!AreSmall(node) || BorderTable.Known(inputs, 1) is not [(0, 0), var rows, var columns, (0, 0)] || Filling(node, inputs) is not { } fill)
        {
            return false;
        }

        var shape = node.Inputs[0].Shape.ToShape();
        return AddMap(
            node, new PixelMap(Places(pad.Mode, shape[1], (int)rows.Before, (int)rows.After), Places(pad.Mode, shape[2], (int)columns.Before, (int)columns.After)), fill);
    }

    private bool TryNearest(Node node, ResizeNearest resize)
    {
        if (!AreSmall(node))
        {
            return false;
        }

        var (from, to) = (node.Inputs[0].Shape, node.Outputs[0].Shape);
        return AddMap(node, new PixelMap(NearestPixel.Of(resize.Grid, from[1], to[1]), NearestPixel.Of(resize.Grid, from[2], to[2])), 0);
    }

    private bool TryBilinear(Node node, ResizeBilinear resize)
    {
        if (!AreSmall(node))
        {
            return false;
        }

        var (from, to) = (node.Inputs[0].Shape, node.Outputs[0].Shape);
        if (from.Equals(to))
        {
            // The mean of a pixel and itself is no number where the pixel is infinite.
            return TryNearest(node, new ResizeNearest(resize.Grid));
        }

        var (input, output) = Alike(node, from[3] > FewChannels);
        _builder.Add(new BilinearStep<TLanes>(node.Name, resize.Grid, input, output));
        return true;
    }

    private bool AddMap(Node node, PixelMap map, float fill)
    {
        var (input, output) = Alike(node, blocked: false);
        _builder.Add(new PixelMapStep(node.Name, map, fill, input, output));
        return true;
    }

    /// <summary>The input in the form it was made in, and the result in the same.</summary>
    /// <param name="blocked">Whether both are to be blocked in any case.</param>
    private (PlanValue Input, PlanValue Output) Alike(Node node, bool blocked)
    {
        blocked |= _builder.IsBlocked(node.Inputs[0]);
        var input = blocked ? _builder.Blocked(node.Inputs[0]) : _builder.Plain(node.Inputs[0]);
        return (input, blocked ? _builder.MakeBlocked(node.Outputs[0]) : _builder.MakePlain(node.Outputs[0]));
    }

    private bool AreSmall(Node node) =>
        IsPicture(node.Inputs[0]) && node.Outputs[0].Shape.Dimensions is [_, <= LongestSide, <= LongestSide, _] && node.Outputs[0].Shape.ToShape().ElementCount > 0;

    /// <summary>The number that is put around; null where only a run knows it.</summary>
    private static float? Filling(Node node, OperatorInputs inputs) =>
        node.Inputs.Count < 3 ? 0 : inputs.KnownTensor(2) is { } number ? number.Elements<float>()[0] : null;

    private static int[] Places(PadMode mode, int size, int before, int after)
    {
        var places = new int[checked(before + size + after)];
        for (var index = 0; index < places.Length; index++)
        {
            var place = index - before;
            places[index] = mode != PadMode.Constant ? MirrorMove.Source(place, size, mode == PadMode.Reflect ? 1 : 0)
                : place >= 0 && place < size ? place
                : -1;
        }

        return places;
    }
}
