using Pipeline.Worker.Documents;

namespace Pipeline.Cli.Running;

/// <summary>One uploaded sample.</summary>
/// <param name="Document">Its result, once it is final.</param>
internal sealed record Sample(string File, string Name, long Generation, DocumentSnapshot? Document)
{
    private static readonly HashSet<string> Final = ["classified", "failed", "deleted"];

    public string Status => Text("status") ?? "pending";

    public bool IsFinal => Document is not null && Integer("generation") == Generation && Final.Contains(Status);

    public string? Label => Text("label");

    public double? Score => Value("score") is DocumentValue.DoubleValue { Value: var score } ? score : null;

    public string? ErrorCode => Value("error") is DocumentValue.MapValue { Fields: var fields } && fields.GetValueOrDefault("code") is DocumentValue.StringValue code ? code.Value : null;

    public double? TotalMilliseconds => Value("timings") is DocumentValue.MapValue { Fields: var fields }
        ? fields.GetValueOrDefault("totalMs") switch
        {
            DocumentValue.DoubleValue milliseconds => milliseconds.Value,
            DocumentValue.IntegerValue milliseconds => milliseconds.Value,
            _ => null,
        }
        : null;

    private long? Integer(string field) => Value(field) is DocumentValue.IntegerValue integer ? integer.Value : null;

    private string? Text(string field) => Value(field) is DocumentValue.StringValue text ? text.Value : null;

    private DocumentValue? Value(string field) => Document?.Fields?.GetValueOrDefault(field);
}
