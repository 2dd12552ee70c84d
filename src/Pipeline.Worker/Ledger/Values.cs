using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>Short forms for values; what is null is left out.</summary>
internal static class Values
{
    public static DocumentValue? Text(string? value) => value is null ? null : new DocumentValue.StringValue(value);

    public static DocumentValue? Time(DateTimeOffset? value) => value is { } time ? new DocumentValue.TimestampValue(time) : null;

    public static DocumentValue? Integer(long? value) => value is { } number ? new DocumentValue.IntegerValue(number) : null;

    public static DocumentValue Map(params ReadOnlySpan<(string Name, DocumentValue? Value)> members)
    {
        var fields = DocumentFields.Empty.ToBuilder();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                fields.Add(name, value);
            }
        }

        return new DocumentValue.MapValue(fields.ToImmutable());
    }
}
