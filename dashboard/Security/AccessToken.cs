using System.Security.Cryptography;
using System.Text;

namespace FuturesBot.Dashboard;

/// <summary>A token that lets somebody in. Only its hash is kept, so nothing can print it.</summary>
public sealed class AccessToken
{
    /// <summary>Shorter ones can be guessed.</summary>
    public const int ShortestAllowed = 16;

    private readonly byte[] _hash;

    /// <param name="text">At least <see cref="ShortestAllowed"/> characters.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public AccessToken(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < ShortestAllowed)
            throw new ArgumentException($"The token is shorter than {ShortestAllowed} characters", nameof(text));
        _hash = HashOf(text);
    }

    /// <summary>Takes equally long whatever was given.</summary>
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(_hash, HashOf(given));

    public override string ToString() => "(secret)";

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
