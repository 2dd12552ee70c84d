using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Pipeline.Firebase.Identity.Callers;

/// <summary>An issuer's public RSA keys, read from either of the forms in which Google publishes them.</summary>
internal sealed class KeySet
{
    private KeySet(IReadOnlyList<SecurityKey> keys)
    {
        Keys = keys;
    }

    public IReadOnlyList<SecurityKey> Keys { get; }

    public bool Has(string keyId) => Keys.Any(key => key.KeyId == keyId);

    /// <summary>Reads a JSON Web Key set (RFC 7517), or an object of certificates in PEM by key id.</summary>
    /// <exception cref="FormatException">It is neither, or holds no key.</exception>
    public static KeySet Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("There is no JSON object.");
            }

            var keys = document.RootElement.TryGetProperty("keys", out _)
                ? [.. new JsonWebKeySet(json).Keys.Where(key => key.Kty == JsonWebAlgorithmsKeyTypes.RSA && !string.IsNullOrEmpty(key.Kid))]
                : document.RootElement.EnumerateObject().Select(ReadCertificate).ToList();
            return keys.Count > 0 ? new KeySet(keys) : throw new FormatException("There is no RSA key in it.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or CryptographicException or InvalidOperationException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static SecurityKey ReadCertificate(JsonProperty entry)
    {
        using var certificate = X509Certificate2.CreateFromPem(entry.Value.GetString());
        using var key = certificate.GetRSAPublicKey() ?? throw new FormatException($"The certificate '{entry.Name}' holds no RSA key.");
        return new RsaSecurityKey(key.ExportParameters(includePrivateParameters: false)) { KeyId = entry.Name };
    }
}
