using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>One failure that a dead letter remembers.</summary>
/// <param name="At">The store's time.</param>
/// <param name="Model">The model of the rule, or null.</param>
/// <param name="Instance">The instance that failed.</param>
public sealed record DeadLetterError(string Code, string Message, DateTimeOffset At, string? Model, string? Instance)
{
    internal static DeadLetterError? Read(DocumentValue value)
    {
        if (value is not DocumentValue.MapValue map)
        {
            return null;
        }

        var reader = new FieldReader(map.Fields);
        return new DeadLetterError(
            reader.Text(FieldNames.Code) ?? "",
            reader.Text(FieldNames.Message) ?? "",
            reader.Time(FieldNames.At) ?? default,
            reader.Text(FieldNames.Model),
            reader.Text(FieldNames.Instance));
    }

    internal DocumentValue ToValue() => Values.Map(
        (FieldNames.Code, Code),
        (FieldNames.Message, Message),
        (FieldNames.At, At),
        (FieldNames.Model, Values.Text(Model)),
        (FieldNames.Instance, Values.Text(Instance)));
}
