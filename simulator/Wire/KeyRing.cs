using System.Security.Cryptography;
using System.Text;

namespace FuturesBot.Simulator.Wire;

/// <summary>The keys that the exchange knows, and the check of what is signed with them.</summary>
internal sealed class KeyRing : IDisposable
{
    /// <summary>The one account: both keys are its.</summary>
    public const string TestAccount = "simulator";

    private const long WindowMs = 5_000;
    private const long WindowMsMax = 60_000;
    private const long AheadMsMax = 1_000;

    private static readonly Refusal NoKey = new(-2014, "API-key format invalid.", 401);
    private static readonly Refusal UnknownKey = new(-2015, "Invalid API-key, IP, or permissions for action.", 401);
    private static readonly Refusal BadSignature = new(-1022, "Signature for this request is not valid.");
    private static readonly Refusal Late = new(-1021, "Timestamp for this request is outside of the recvWindow.");

    private static readonly Refusal Ahead = new(
        -1021, $"Timestamp for this request was {AheadMsMax}ms ahead of the server's time.");

    private readonly string _key;
    private readonly byte[] _secret;
    private readonly string? _rsaKey;
    private readonly RSA? _rsa;
    private readonly bool _decodedToo;

    /// <exception cref="ArgumentException">The public key is no PEM.</exception>
    public KeyRing(SimulatedExchangeOptions options)
    {
        (_key, _secret) = (options.ApiKey, Encoding.UTF8.GetBytes(options.ApiSecret));
        _decodedToo = !options.Faults.Changes.EncodedSignature;
        if (options is not { RsaApiKey: { } rsaKey, RsaPublicKeyPem: { } pem }) return;
        (_rsaKey, _rsa) = (rsaKey, RSA.Create());
        _rsa.ImportFromPem(pem);
    }

    /// <param name="security">What the endpoint asks for.</param>
    /// <param name="key">The <c>X-MBX-APIKEY</c> header; null when it was not sent.</param>
    /// <param name="parameters">What was sent.</param>
    /// <param name="serverMs">The exchange's clock.</param>
    /// <param name="account">Whose key it is; empty when none is needed.</param>
    public Refusal? Check(Security security, string? key, Parameters parameters, long serverMs, out string account)
    {
        account = "";
        if (security == Security.None) return null;
        if (string.IsNullOrEmpty(key) || !key.All(char.IsAsciiLetterOrDigit)) return NoKey;
        if (key != _key && key != _rsaKey) return UnknownKey;

        account = TestAccount;
        return security == Security.Key ? null
            : CheckTime(parameters, serverMs) ?? CheckSignature(key, parameters);
    }

    public void Dispose() => _rsa?.Dispose();

    private static Refusal? CheckTime(Parameters parameters, long serverMs)
    {
        if (parameters.Whole("timestamp", out long timestamp) is { } missing) return missing;
        if (parameters.Whole("recvWindow", out long? asked) is { } illegal) return illegal;
        var window = asked ?? WindowMs;
        if (window is < 0 or > WindowMsMax) return new(-1131, $"recvWindow must be less than {WindowMsMax}.");
        if (timestamp >= serverMs + AheadMsMax) return Ahead;
        return serverMs - timestamp > window ? Late : null;
    }

    private Refusal? CheckSignature(string key, Parameters parameters)
    {
        if (parameters.Text("signature", out var signature) is { } missing) return missing;
        var payload = Encoding.UTF8.GetBytes(parameters.Signed);
        if (Fits(key, payload, signature)) return null;
        return _decodedToo && Fits(key, Encoding.UTF8.GetBytes(Uri.UnescapeDataString(parameters.Signed)), signature)
            ? null
            : BadSignature;
    }

    private bool Fits(string key, byte[] payload, string signature)
    {
        if (key == _rsaKey) return FitsRsa(payload, signature);
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Length != 2 * sent.Length || !signature.All(char.IsAsciiHexDigit)) return false;
        Convert.FromHexString(signature, sent, out _, out _);
        return CryptographicOperations.FixedTimeEquals(sent, HMACSHA256.HashData(_secret, payload));
    }

    private bool FitsRsa(byte[] payload, string signature)
    {
        var sent = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, sent, out var length)
            && _rsa!.VerifyData(payload, sent.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
