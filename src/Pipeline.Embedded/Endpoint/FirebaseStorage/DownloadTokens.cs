using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

/// <summary>
/// The tokens of an object's download links. As in Cloud Storage they are kept in the object's own metadata, several with commas between, so that
/// programs which use no Firebase can read and set them.
/// </summary>
internal static class DownloadTokens
{
    /// <summary>The key of the metadata.</summary>
    public const string Key = "firebaseStorageDownloadTokens";

    public static ImmutableArray<string> Of(ObjectDescription description) =>
        description.Metadata.Entries.TryGetValue(Key, out var tokens)
            ? [.. tokens.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : [];

    /// <summary>Whether a link with this token opens the object. It takes as long for a wrong one as for the right one.</summary>
    public static bool Open(ObjectDescription description, string token)
    {
        var given = Encoding.UTF8.GetBytes(token);
        return Of(description).Any(known => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), given));
    }

    /// <summary>The description with one more token.</summary>
    public static ObjectDescription Add(ObjectDescription description) => With(description, [.. Of(description), NewToken()]);

    /// <summary>The description with a token at least: the same where there is one.</summary>
    public static ObjectDescription Ensure(ObjectDescription description) => Of(description).IsEmpty ? Add(description) : description;

    /// <summary>A changed description with the tokens that it had, where the change has taken them: the links of others live on.</summary>
    public static ObjectDescription Keep(ObjectDescription before, ObjectDescription after) =>
        Of(after).IsEmpty ? Ensure(With(after, Of(before))) : after;

    /// <summary>The description without a token. An object is never without any, so in place of the last there is a new one.</summary>
    public static ObjectDescription Remove(ObjectDescription description, string token) => Ensure(With(description, Of(description).Remove(token)));

    private static ObjectDescription With(ObjectDescription description, ImmutableArray<string> tokens) => description with
    {
        Metadata = description.Metadata.Merge([new(Key, tokens.IsEmpty ? null : string.Join(',', tokens))]),
    };

    private static string NewToken() => Guid.NewGuid().ToString();
}
