using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>What a model gave for one input.</summary>
/// <param name="Kind"><c>saved_model</c>: the input is recorded. <c>saved_model_photo</c>: it is a picture, fed as the manifest says.</param>
/// <param name="Signature">Null: the usual one.</param>
/// <param name="Tags">Of the meta graph.</param>
/// <param name="Photo">The picture's full path, or null.</param>
/// <param name="InputMd5">The MD5 of the tensor that the picture became, in hexadecimal digits, or null.</param>
/// <param name="Relative">A value passes if it differs by at most <paramref name="Absolute"/> + this · |recorded|.</param>
internal sealed record RecordedCase(
    string Id,
    string Kind,
    string? Signature,
    ImmutableArray<string> Tags,
    string? Photo,
    string? InputMd5,
    ImmutableArray<RecordedTensor> Inputs,
    ImmutableArray<RecordedTensor> Outputs,
    double Relative,
    double Absolute);
