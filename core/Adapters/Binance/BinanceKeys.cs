namespace FuturesBot.Adapters.Binance;

/// <summary>
/// The keys of an account, from the environment only. Either a secret (HMAC) or a private key file (RSA) goes with the
/// key; never both.
/// </summary>
/// <param name="ApiKey"><see cref="ApiKeyVariable"/>.</param>
/// <param name="ApiSecret"><see cref="ApiSecretVariable"/>: an HMAC key's secret.</param>
/// <param name="PrivateKeyFile"><see cref="PrivateKeyFileVariable"/>: path of an RSA key's PEM file, PKCS#8.</param>
/// <param name="PrivateKeyPassword"><see cref="PrivateKeyPasswordVariable"/>: of an encrypted PEM file.</param>
public sealed record BinanceKeys(
    Secret ApiKey, Secret? ApiSecret = null, string? PrivateKeyFile = null, Secret? PrivateKeyPassword = null)
{
    public const string ApiKeyVariable = "FUTURESBOT_BINANCE_API_KEY";
    public const string ApiSecretVariable = "FUTURESBOT_BINANCE_API_SECRET";
    public const string PrivateKeyFileVariable = "FUTURESBOT_BINANCE_PRIVATE_KEY_FILE";
    public const string PrivateKeyPasswordVariable = "FUTURESBOT_BINANCE_PRIVATE_KEY_PASSWORD";

    /// <summary>The test account of the simulated exchange.</summary>
    public static BinanceKeys Simulator { get; } = new(new("simulator"), new Secret("simulator"));

    /// <summary>Null where the environment names no key.</summary>
    /// <exception cref="FormatException">A part is missing, or both a secret and a private key are named.</exception>
    public static BinanceKeys? FromEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var key = Secret.From(environment.GetValueOrDefault(ApiKeyVariable));
        var secret = Secret.From(environment.GetValueOrDefault(ApiSecretVariable));
        var file = environment.GetValueOrDefault(PrivateKeyFileVariable) is { Length: > 0 } path ? path : null;
        if (key is null && secret is null && file is null) return null;
        if (key is null) throw new FormatException($"{ApiKeyVariable} is not set, though a part that belongs to it is");
        if (secret is null && file is null)
            throw new FormatException($"{ApiKeyVariable} needs {ApiSecretVariable} (HMAC) or {PrivateKeyFileVariable} (RSA)");
        if (secret is not null && file is not null)
            throw new FormatException($"{ApiSecretVariable} and {PrivateKeyFileVariable} are both set; a key has one of them");
        return new(key, secret, file, Secret.From(environment.GetValueOrDefault(PrivateKeyPasswordVariable)));
    }
}
