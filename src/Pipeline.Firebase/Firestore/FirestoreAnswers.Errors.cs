using System.Net;
using System.Text.Json;

namespace Pipeline.Firebase.Firestore;

internal static partial class FirestoreAnswers
{
    /// <summary>Reads an answer whose HTTP status says that it failed. The status in the body decides; the HTTP status only where there is none.</summary>
    public static FirestoreFaultException ReadError(HttpStatusCode code, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, FirestoreJson.ReaderOptions);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    ThrowIfError(ref reader, code);
                    reader.Skip();
                }
            }
        }
        catch (FirestoreFaultException exception)
        {
            return exception;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // What stands between us and Firestore answers in its own words, which are not for documents or logs.
        }

        return new FirestoreFaultException(new FirestoreFault(
            FaultOrigin.Answer, FirestoreStatuses.Of(code), $"HTTP status {(int)code}, with an answer that is not Firestore's"));
    }

    /// <summary>The reader stands on a property's name; the property <c>error</c> ends the reading.</summary>
    /// <param name="http">What the error means where it does not say.</param>
    private static void ThrowIfError(ref Utf8JsonReader reader, HttpStatusCode http)
    {
        if (!reader.ValueTextEquals("error"))
        {
            return;
        }

        FirestoreJson.Next(ref reader);
        FirestoreJson.Expect(ref reader, JsonTokenType.StartObject);
        string? status = null, message = null;
        var code = (int)http;
        while (FirestoreJson.NextProperty(ref reader))
        {
            var property = reader.GetString();
            FirestoreJson.Next(ref reader);
            switch (property)
            {
                case "status" when reader.TokenType == JsonTokenType.String:
                    status = reader.GetString();
                    break;
                case "message" when reader.TokenType == JsonTokenType.String:
                    message = reader.GetString();
                    break;
                case "code" when reader.TokenType == JsonTokenType.Number:
                    _ = reader.TryGetInt32(out code);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var known = FirestoreStatuses.Of(status) ?? FirestoreStatuses.Of((HttpStatusCode)code);
        throw new FirestoreFaultException(new FirestoreFault(FaultOrigin.Answer, known, $"{status ?? "no status"}: {FirestoreFault.Line(message)}"));
    }
}
