using System.Globalization;
using System.Numerics;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>Holds outputs against recorded ones: |got - recorded| up to absolute + relative · |recorded| passes, and NaN equals NaN.</summary>
internal static class RecordedComparison
{
    public static RecordedOutcome Compare(RecordedCase recorded, RecordedTensor output, RuntimeValue? got)
    {
        if (output.Value is not { } want)
        {
            return Outcome(recorded, output, RecordedVerdict.Skipped, "texts are not compared");
        }

        if (got is null)
        {
            return Outcome(recorded, output, RecordedVerdict.Failed, "the model has no output of that name");
        }

        if (got is not Tensor tensor || tensor.DataType != want.DataType || tensor.Shape != want.Shape)
        {
            return Outcome(recorded, output, RecordedVerdict.Failed, $"recorded is {want.DataType}{want.Shape}, the model gave {got}");
        }

        return want.DataType switch
        {
            DataType.Float32 => Values<float>(recorded, output, want, tensor),
            DataType.Float64 => Values<double>(recorded, output, want, tensor),
            DataType.Float16 => Values<Half>(recorded, output, want, tensor),
            DataType.Int8 => Values<sbyte>(recorded, output, want, tensor),
            DataType.UInt8 => Values<byte>(recorded, output, want, tensor),
            DataType.Int16 => Values<short>(recorded, output, want, tensor),
            DataType.UInt16 => Values<ushort>(recorded, output, want, tensor),
            DataType.Int32 => Values<int>(recorded, output, want, tensor),
            DataType.UInt32 => Values<uint>(recorded, output, want, tensor),
            DataType.Int64 => Values<long>(recorded, output, want, tensor),
            DataType.UInt64 => Values<ulong>(recorded, output, want, tensor),
            _ when want.Bytes.SequenceEqual(tensor.Bytes) => new RecordedOutcome(recorded.Id, output.Name, RecordedVerdict.Passed, 0, 0, string.Empty),
            _ => Outcome(recorded, output, RecordedVerdict.Failed, "the values differ"),
        };
    }

    private static RecordedOutcome Values<T>(RecordedCase recorded, RecordedTensor output, Tensor want, Tensor got)
        where T : unmanaged, INumber<T>
    {
        var wanted = want.Elements<T>();
        var given = got.Elements<T>();
        var (largest, share, failed, place) = (0.0, 0.0, 0, 0);
        for (var i = 0; i < wanted.Length; i++)
        {
            // Equal first: neither infinities nor integers beyond 2^53 have a difference as doubles.
            if (wanted[i] == given[i] || (T.IsNaN(wanted[i]) && T.IsNaN(given[i])))
            {
                continue;
            }

            var (expected, found) = (double.CreateChecked(wanted[i]), double.CreateChecked(given[i]));
            var allowed = recorded.Absolute + (recorded.Relative * Math.Abs(expected));
            var difference = Math.Abs(found - expected);
            var shareHere = double.IsFinite(difference) && difference > 0 && allowed > 0 && double.IsFinite(allowed) ? difference / allowed : double.PositiveInfinity;
            failed += shareHere > 1 ? 1 : 0;
            largest = Math.Max(largest, difference);
            if (shareHere > share)
            {
                (share, place) = (shareHere, i);
            }
        }

        var remark = failed == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"{failed} of {wanted.Length} values, worst at {place}: recorded {wanted[place]}, got {given[place]}");
        return new RecordedOutcome(recorded.Id, output.Name, failed == 0 ? RecordedVerdict.Passed : RecordedVerdict.Failed, largest, share, remark);
    }

    private static RecordedOutcome Outcome(RecordedCase recorded, RecordedTensor output, RecordedVerdict verdict, string remark) =>
        new(recorded.Id, output.Name, verdict, null, null, remark);
}
