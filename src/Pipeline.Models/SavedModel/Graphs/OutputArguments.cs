using System.Collections.Frozen;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>
/// The output arguments of operators that have more than one, by which functions refer to their values (<c>node:argument:k</c>). Where there is one,
/// k alone says which output is meant.
/// </summary>
internal static class OutputArguments
{
    private static readonly string[] BatchNormalization = ["y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2", "reserve_space_3"];
    private static readonly string[] UniqueOutputs = ["y", "idx", "count"];
    private static readonly string[] QuantizedOutputs = ["output", "output_min", "output_max"];

    private static readonly FrozenDictionary<string, string[]> Names = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["FusedBatchNorm"] = BatchNormalization,
        ["FusedBatchNormV2"] = BatchNormalization,
        ["FusedBatchNormV3"] = BatchNormalization,
        ["TopK"] = ["values", "indices"],
        ["TopKV2"] = ["values", "indices"],
        ["Switch"] = ["output_false", "output_true"],
        ["RefSwitch"] = ["output_false", "output_true"],
        ["Merge"] = ["output", "value_index"],
        ["RefMerge"] = ["output", "value_index"],
        ["Unique"] = UniqueOutputs,
        ["UniqueV2"] = UniqueOutputs,
        ["UniqueWithCounts"] = UniqueOutputs,
        ["UniqueWithCountsV2"] = UniqueOutputs,
        ["ListDiff"] = ["out", "idx"],
        ["MaxPoolWithArgmax"] = ["output", "argmax"],
        ["NonMaxSuppressionV4"] = ["selected_indices", "valid_outputs"],
        ["NonMaxSuppressionV5"] = ["selected_indices", "selected_scores", "valid_outputs"],
        ["CombinedNonMaxSuppression"] = ["nmsed_boxes", "nmsed_scores", "nmsed_classes", "valid_detections"],
        ["SoftmaxCrossEntropyWithLogits"] = ["loss", "backprop"],
        ["SparseSoftmaxCrossEntropyWithLogits"] = ["loss", "backprop"],
        ["TensorArrayV3"] = ["handle", "flow"],
        ["StringSplit"] = ["indices", "values", "shape"],
        ["StringSplitV2"] = ["indices", "values", "shape"],
        ["QuantizeV2"] = QuantizedOutputs,
        ["Requantize"] = QuantizedOutputs,
        ["QuantizedReshape"] = QuantizedOutputs,
        ["BroadcastGradientArgs"] = ["r0", "r1"],
        ["Moments"] = ["mean", "variance"],
        ["LookupTableExport"] = ["keys", "values"],
        ["LookupTableExportV2"] = ["keys", "values"],
        ["TensorListPopBack"] = ["output_handle", "tensor"],
        ["SampleDistortedBoundingBox"] = ["begin", "size", "bboxes"],
        ["SampleDistortedBoundingBoxV2"] = ["begin", "size", "bboxes"],
        ["Svd"] = ["s", "u", "v"],
        ["Qr"] = ["q", "r"],
        ["SelfAdjointEigV2"] = ["e", "v"],
        ["CTCGreedyDecoder"] = ["decoded_indices", "decoded_values", "decoded_shape", "log_probability"],
        ["LSTMBlockCell"] = ["i", "cs", "f", "o", "ci", "co", "h"],
        ["BlockLSTM"] = ["i", "cs", "f", "o", "ci", "co", "h"],
        ["BlockLSTMV2"] = ["i", "cs", "f", "o", "ci", "co", "h"],
        ["CudnnRNN"] = ["output", "output_h", "output_c", "reserve_space"],
        ["CudnnRNNV2"] = ["output", "output_h", "output_c", "reserve_space", "host_reserved"],
        ["CudnnRNNV3"] = ["output", "output_h", "output_c", "reserve_space", "host_reserved"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the operator has an output number <paramref name="index"/>, as far as this table knows.</summary>
    public static bool HasOutput(string op, int index) => Names.TryGetValue(op, out var names) && index < names.Length;

    /// <summary>The number of the first value of an output argument, counted over all outputs.</summary>
    /// <returns>Null where the operator has no argument of the name.</returns>
    public static int? FirstIndex(string op, string argument)
    {
        if (!Names.TryGetValue(op, out var names))
        {
            return 0;
        }

        var index = Array.IndexOf(names, argument);
        return index < 0 ? null : index;
    }
}
