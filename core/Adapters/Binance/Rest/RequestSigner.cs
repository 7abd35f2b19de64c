using System.Security.Cryptography;
using System.Text;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Signs requests with the account's key: HMAC-SHA256 in hexadecimal, or RSA PKCS#1 v1.5 with SHA-256 in Base64.</summary>
public sealed class RequestSigner : IDisposable
{
    // Object identifier 1.3.101.112, the only difference of an Ed25519 key file from others in PKCS#8.
    private static readonly byte[] Ed25519 = [0x06, 0x03, 0x2B, 0x65, 0x70];

    private readonly byte[]? _secret;
    private readonly RSA? _rsa;
    private readonly Lock _gate = new();

    private RequestSigner(byte[]? secret, RSA? rsa) => (_secret, _rsa) = (secret, rsa);

    /// <exception cref="NotSupportedException">The key file is neither RSA nor readable.</exception>
    /// <exception cref="IOException">The key file cannot be read.</exception>
    public static RequestSigner For(BinanceKeys keys)
    {
        if (keys.ApiSecret is { } secret) return new(Encoding.UTF8.GetBytes(secret.Reveal()), rsa: null);
        var path = keys.PrivateKeyFile ?? throw new ArgumentException("Keys have neither a secret nor a private key", nameof(keys));
        return new(secret: null, Read(File.ReadAllText(path), keys.PrivateKeyPassword?.Reveal()));
    }

    /// <summary>The signature, not yet percent-encoded. <paramref name="payload"/> is what is sent, percent-encoded.</summary>
    public string Sign(string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        if (_rsa is null) return Convert.ToHexStringLower(HMACSHA256.HashData(_secret!, bytes));
        lock (_gate) return Convert.ToBase64String(_rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public void Dispose()
    {
        _rsa?.Dispose();
        if (_secret is not null) CryptographicOperations.ZeroMemory(_secret);
    }

    private static RSA Read(string pem, string? password)
    {
        var rsa = RSA.Create();
        try
        {
            if (password is null) rsa.ImportFromPem(pem);
            else rsa.ImportFromEncryptedPem(pem, password);
            return rsa;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
#pragma warning disable MA0054 // the cause's own text could quote the file
            throw new NotSupportedException(
                IsEd25519(pem)
                    ? "The private key is an Ed25519 key. .NET 10 has no Ed25519, and this program has no cryptography of its own: "
                      + $"create an HMAC key ({BinanceKeys.ApiSecretVariable}) or an RSA key of 2048 bits or more."
                    : "The private key file holds no RSA private key in PEM form (PKCS#8), or its password does not fit: "
                      + "allowed are HMAC keys and RSA keys of 2048 bits or more.");
#pragma warning restore MA0054
        }
    }

    private static bool IsEd25519(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) return false;
        var key = new byte[fields.DecodedDataLength];
        return Convert.TryFromBase64String(pem[fields.Base64Data].ReplaceLineEndings(""), key, out _)
            && key.AsSpan().IndexOf(Ed25519) >= 0;
    }
}
