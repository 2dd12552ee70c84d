using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>Bodies of answers. An error may come as an object, as the only element of an array, or, with status 200, after other elements.</summary>
internal static partial class FirestoreAnswers
{
    /// <summary>Reads the answer to a get or a query.</summary>
    /// <exception cref="FirestoreFaultException">It is an error, or means nothing.</exception>
    public static IReadOnlyList<ReadElement> ReadElements(ReadOnlySpan<byte> json)
    {
        var elements = new List<ReadElement>();
        var reader = new Utf8JsonReader(json, FirestoreJson.ReaderOptions);
        try
        {
            FirestoreJson.Next(ref reader);
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                elements.Add(ReadElement(ref reader));
            }
            else
            {
                FirestoreJson.Expect(ref reader, JsonTokenType.StartArray);
                for (FirestoreJson.Next(ref reader); reader.TokenType != JsonTokenType.EndArray; FirestoreJson.Next(ref reader))
                {
                    elements.Add(ReadElement(ref reader));
                }
            }

            ExpectEnd(ref reader);
            return elements;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>Reads the answer to a commit.</summary>
    /// <param name="writes">How many writes it had.</param>
    /// <returns>The update times; a delete has the commit's.</returns>
    /// <exception cref="FirestoreFaultException">It is an error, or means nothing.</exception>
    public static CommitOutcome.Committed ReadCommit(ReadOnlySpan<byte> json, int writes)
    {
        var reader = new Utf8JsonReader(json, FirestoreJson.ReaderOptions);
        var updateTimes = new List<DateTimeOffset?>(writes);
        DateTimeOffset? commitTime = null;
        try
        {
            FirestoreJson.Next(ref reader);
            FirestoreJson.Expect(ref reader, JsonTokenType.StartObject);
            while (FirestoreJson.NextProperty(ref reader))
            {
                var isResults = reader.ValueTextEquals("writeResults");
                var isTime = reader.ValueTextEquals("commitTime");
                ThrowIfError(ref reader, HttpStatusCode.OK);
                FirestoreJson.Next(ref reader);
                if (isResults)
                {
                    ReadWriteResults(ref reader, updateTimes);
                }
                else if (isTime)
                {
                    commitTime = FirestoreJson.ReadTime(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            ExpectEnd(ref reader);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw Unreadable(exception);
        }

        return commitTime is { } time && updateTimes.Count == writes
            ? new CommitOutcome.Committed(time, Completed(updateTimes, time))
            : throw Unreadable($"the answer to {writes} writes has {updateTimes.Count} results and {(commitTime is null ? "no" : "a")} commit time");
    }

    private static ImmutableArray<DateTimeOffset> Completed(List<DateTimeOffset?> updateTimes, DateTimeOffset commitTime)
    {
        var completed = ImmutableArray.CreateBuilder<DateTimeOffset>(updateTimes.Count);
        foreach (var updateTime in updateTimes)
        {
            completed.Add(updateTime ?? commitTime);
        }

        return completed.MoveToImmutable();
    }

    private static void ReadWriteResults(ref Utf8JsonReader reader, List<DateTimeOffset?> updateTimes)
    {
        FirestoreJson.Expect(ref reader, JsonTokenType.StartArray);
        for (FirestoreJson.Next(ref reader); reader.TokenType != JsonTokenType.EndArray; FirestoreJson.Next(ref reader))
        {
            FirestoreJson.Expect(ref reader, JsonTokenType.StartObject);
            DateTimeOffset? updateTime = null;
            while (FirestoreJson.NextProperty(ref reader))
            {
                var isTime = reader.ValueTextEquals("updateTime");
                FirestoreJson.Next(ref reader);
                if (isTime)
                {
                    updateTime = FirestoreJson.ReadTime(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            updateTimes.Add(updateTime);
        }
    }

    private static void ExpectEnd(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new JsonException("The answer goes on after its end.");
        }
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is JsonException or FormatException or OverflowException or InvalidOperationException;

    private static FirestoreFaultException Unreadable(Exception exception) =>
        new(new FirestoreFault(FaultOrigin.Unreadable, FirestoreStatus.Unknown, FirestoreFault.Line($"the answer cannot be read: {exception.Message}")), exception);

    private static FirestoreFaultException Unreadable(string detail) => new(new FirestoreFault(FaultOrigin.Unreadable, FirestoreStatus.Unknown, detail));
}
