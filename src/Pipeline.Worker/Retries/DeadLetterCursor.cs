using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Retries;

/// <summary>Where a page of dead letters ended. The letter need not be there any more. Its text form can travel in a URL.</summary>
/// <param name="Letter">The last letter that was looked at.</param>
/// <param name="DueAt">Its due time.</param>
public sealed record DeadLetterCursor(DocumentPath Letter, DeadLetterState State, DateTimeOffset DueAt)
{
    private const char Separator = '\n';

    /// <summary>The text form: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(
        Separator,
        Letter.Collection,
        State == DeadLetterState.Due ? DeadLetter.Due : DeadLetter.Parked,
        DueAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
        Letter.Id)));

    /// <summary>Reads the text form; false where it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DeadLetterCursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator, 4);
        if (parts is not [var collection, DeadLetter.Due or DeadLetter.Parked, var ticks, var id]
            || !DocumentRequests.IsCollection(collection)
            || !DocumentRequests.IsId(id)
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || time > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        var state = parts[1] == DeadLetter.Due ? DeadLetterState.Due : DeadLetterState.Parked;
        cursor = new DeadLetterCursor(new DocumentPath(collection, id), state, new DateTimeOffset(time, TimeSpan.Zero));
        return true;
    }

    internal static DeadLetterCursor At(DocumentSnapshot document, DeadLetterState state) =>
        new(document.Path, state, DeadLetter.Read(document.Fields!).DueAt);

    /// <summary>As queries take it.</summary>
    internal DocumentSnapshot ToSnapshot() =>
        new(Letter, DocumentFields.Empty.Add(FieldNames.DueAt, DueAt), default, default);
}
