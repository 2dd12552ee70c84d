using System.Collections.Immutable;

namespace Pipeline.Models.SavedModel;

/// <summary>What to read of a SavedModel, and bounds on what reading may cost.</summary>
public sealed record SavedModelReadOptions
{
    public static SavedModelReadOptions Default { get; } = new();

    /// <value>The tags of the meta graph wanted, all of them and no others, in any order. Default: <c>serve</c>. May be empty.</value>
    public ImmutableArray<string> Tags { get; init; } = ["serve"];

    /// <value>The signature wanted. Default: <c>serving_default</c>.</value>
    public string Signature { get; init; } = "serving_default";

    /// <value>The longest <c>saved_model.pb</c> that is read, in bytes, at most 2,147,483,591. Default: 1 GiB.</value>
    public long MaxGraphFileBytes { get; init; } = 1L << 30;

    /// <value>How many bytes of it may be built into messages: everything reached but the content of constants of 1 KiB and more. Default: 128 MiB.</value>
    public long MaxMessageBytes { get; init; } = 128L << 20;

    /// <value>The most nodes of a graph, as it stands in the file, of a function, and with all functions inlined. Default: 1,000,000.</value>
    public int MaxNodes { get; init; } = 1_000_000;

    /// <value>The most calls of functions. Default: 100,000.</value>
    public int MaxCalls { get; init; } = 100_000;

    /// <value>How deep calls may nest. Default: 256.</value>
    public int MaxCallDepth { get; init; } = 256;
}
