using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Pipeline.Testing.Identity;

/// <summary>Makes JSON Web Tokens by the letters of RFC 7515, without the library that verifies them, and publishes the keys.</summary>
public sealed class TestIssuer : IDisposable
{
    private readonly List<(string Id, RSA Key)> _keys = [];

    public TestIssuer()
    {
        Rotate();
    }

    /// <summary>The id of the key that signs now.</summary>
    public string KeyId => _keys[^1].Id;

    /// <summary>Signs with a new key from now on; the old ones stay published.</summary>
    public void Rotate() => _keys.Add(($"key-{_keys.Count + 1}", RSA.Create(2048)));

    /// <summary>The public keys as a JSON Web Key set.</summary>
    public string KeySet() => JsonSerializer.Serialize(new
    {
        keys = _keys.Select(key =>
        {
            var parameters = key.Key.ExportParameters(includePrivateParameters: false);
            return new { kty = "RSA", alg = "RS256", use = "sig", kid = key.Id, n = Encode(parameters.Modulus!), e = Encode(parameters.Exponent!) };
        }),
    });

    /// <summary>The public keys as certificates by key id.</summary>
    /// <param name="now">They are good for an hour before and after.</param>
    public string Certificates(DateTimeOffset now) => JsonSerializer.Serialize(_keys.ToDictionary(key => key.Id, key =>
    {
        var request = new CertificateRequest("CN=issuer", key.Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        return certificate.ExportCertificatePem();
    }));

    /// <summary>A token with the newest key.</summary>
    /// <param name="algorithm">What the header says; the signature is RS256's in any case.</param>
    /// <param name="keyId">What the header says; null: the truth.</param>
    public string Sign(IReadOnlyDictionary<string, object?> claims, string algorithm = "RS256", string? keyId = null)
    {
        var text = Unsigned(claims, algorithm, keyId ?? KeyId);
        return $"{text}.{Encode(_keys[^1].Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Header and claims without a signature.</summary>
    public static string Unsigned(IReadOnlyDictionary<string, object?> claims, string algorithm, string? keyId) =>
        $"{Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = keyId, typ = "JWT" }))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";

    public void Dispose() => _keys.ForEach(key => key.Key.Dispose());

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
