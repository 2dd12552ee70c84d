using System.Text;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Google.Protobuf;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>What Firestore's events are called, and their data, for a program that plays the platform.</summary>
public static class DocumentEvents
{
    /// <summary>A document has come to be.</summary>
    public const string Created = "google.cloud.firestore.document.v1.created";

    /// <summary>What the platform sends the data as.</summary>
    public const string ContentType = "application/protobuf";

    // A message of protobuf and a document of the REST API have the same form in JSON.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The data of the event that a document was created: <c>DocumentEventData</c> in protobuf.</summary>
    /// <param name="document">The document as Firestore's REST API writes it, UTF-8.</param>
    /// <exception cref="ArgumentException">It is no document.</exception>
    public static byte[] CreatedData(ReadOnlySpan<byte> document)
    {
        try
        {
            return new DocumentEventData { Value = Parser.Parse<Document>(Encoding.UTF8.GetString(document)) }.ToByteArray();
        }
        catch (Exception exception) when (exception is IOException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new ArgumentException($"The JSON is no document of Firestore: {exception.Message}", nameof(document), exception);
        }
    }
}
