using System.Globalization;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.History;

/// <summary>Entries in words, values and all.</summary>
internal static class EntryText
{
    public static string Of(SimulationEntry entry) => entry switch
    {
        SimulationEntry.ObjectPut put => $"bucket: {put.Version} put, {put.Content}",
        SimulationEntry.ObjectGone gone => $"bucket: {gone.Version} deleted",
        SimulationEntry.Delivered delivered => $"{delivered.Actor}: gets {delivered.Event}",
        SimulationEntry.Answered answered =>
            $"{answered.Actor}: {(answered.Acknowledged ? "acknowledges" : "refuses")} {answered.Event}, {answered.Outcome}",
        SimulationEntry.Committed committed =>
            $"{committed.Actor}: commits at {Time(committed.CommitTime)} {string.Join("; ", committed.Changes.Select(Change))}",
        SimulationEntry.Refused refused => $"{refused.Actor}: refused {refused.Documents}, {refused.Reason}",
        SimulationEntry.ProcessChanged changed => $"{changed.Process}: {changed.Change}",
        SimulationEntry.SweepBegan began => $"{began.Actor}: sweeps",
        SimulationEntry.Swept swept => $"{swept.Actor}: has swept{(swept.Undisturbed ? string.Empty : ", disturbed")}: {swept.Report}",
        SimulationEntry.RedriveAsked redrive => $"{redrive.Actor}: redrive of {redrive.Name}, {redrive.Outcome}",
        SimulationEntry.Inferred inferred => $"{inferred.Actor}: inferred {inferred.Content}",
        SimulationEntry.Calmed => "nothing goes wrong from here on",
        SimulationEntry.Settled => "settled",
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "Not a kind of entry."),
    };

    private static string Change(DocumentChange change) =>
        change.After.Exists ? $"{change.After.Path} = {Fields(change.After)}" : $"{change.After.Path} deleted";

    private static string Fields(DocumentSnapshot snapshot) =>
        $"{{{string.Join(", ", snapshot.Fields!.Select(field => $"{field.Key}: {Value(field.Value)}"))}}}";

    private static string Value(DocumentValue value) => value switch
    {
        DocumentValue.NullValue => "null",
        DocumentValue.BooleanValue boolean => boolean.Value ? "true" : "false",
        DocumentValue.IntegerValue integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        DocumentValue.DoubleValue number => Number(number.Value),
        DocumentValue.TimestampValue time => Time(time.Value),
        DocumentValue.StringValue text => $"'{text.Value}'",
        DocumentValue.BytesValue bytes => Convert.ToHexString(bytes.Value.AsSpan()),
        DocumentValue.ReferenceValue reference => reference.Name,
        DocumentValue.GeoPointValue point => $"({Number(point.Latitude)}, {Number(point.Longitude)})",
        DocumentValue.ArrayValue array => $"[{string.Join(", ", array.Values.Select(Value))}]",
        DocumentValue.MapValue map => $"{{{string.Join(", ", map.Fields.Select(field => $"{field.Key}: {Value(field.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a kind of value."),
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
