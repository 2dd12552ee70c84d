using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>Where a page of the list ended; the row need not be there any more. Its text form is <c>created/collection/id</c>.</summary>
internal static class ListCursor
{
    public static string Of(BoardRow row) => string.Create(CultureInfo.InvariantCulture, $"{StoreTime.ToMicroseconds(row.Created)}/{row.Path}");

    /// <summary>A row that stands where the cursor points; false where the text is no cursor.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BoardRow? place)
    {
        place = null;
        var first = text.IndexOf('/', StringComparison.Ordinal);
        var last = text.LastIndexOf('/');
        if (first < 0 || last == first || !long.TryParse(text.AsSpan(0, first), NumberStyles.None, CultureInfo.InvariantCulture, out var created))
        {
            return false;
        }

        if (created > StoreTime.ToMicroseconds(DateTimeOffset.MaxValue))
        {
            return false;
        }

        place = new BoardRow(new DocumentPath(text[(first + 1)..last], text[(last + 1)..]), "", "", null, StoreTime.FromMicroseconds(created), []);
        return true;
    }

    /// <summary>The index of the first row behind a place.</summary>
    public static int IndexAfter(BoardView view, BoardRow place)
    {
        var index = view.Rows.IndexOf(place);
        return index >= 0 ? index + 1 : ~index;
    }
}
