using System.Security.Cryptography;
using System.Text;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// Listen keys of accounts: one each, valid for sixty minutes of market time since it was made or kept alive. Touched while
/// the exchange's gate is held.
/// </summary>
internal sealed class ListenKeys(long seed)
{
    private const long ValidMs = 60 * 60_000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int KeyLength = 64;

    private readonly Dictionary<string, (string Key, long UntilMs)> _byAccount = new(StringComparer.Ordinal);
    private int _made;

    public bool Any => _byAccount.Count > 0;

    /// <summary>The account's key while it is valid, or a new one; either is then valid for sixty minutes.</summary>
    public string Create(string account, long nowMs)
    {
        if (Of(account, nowMs) is { } valid) return Extend(account, valid, nowMs);
        return Extend(account, Next(account), nowMs);
    }

    /// <summary>The account's key; null when it has none that is valid.</summary>
    public string? Of(string account, long nowMs) =>
        _byAccount.TryGetValue(account, out var held) && nowMs < held.UntilMs ? held.Key : null;

    public bool IsValid(string key, long nowMs) => _byAccount.Values.Any(held => held.Key == key && nowMs < held.UntilMs);

    /// <returns>The key; null when there is none to keep alive.</returns>
    public string? Keep(string account, long nowMs) =>
        Of(account, nowMs) is { } valid ? Extend(account, valid, nowMs) : null;

    /// <returns>False when there was none.</returns>
    public bool Delete(string account, long nowMs)
    {
        var had = Of(account, nowMs) is not null;
        _byAccount.Remove(account);
        return had;
    }

    /// <summary>Takes out the keys whose time is over.</summary>
    /// <param name="nowMs">Market time.</param>
    /// <param name="all">The valid ones too.</param>
    public IReadOnlyList<string> TakeExpired(long nowMs, bool all = false)
    {
        if (_byAccount.Count == 0) return [];
        var expired = _byAccount.Where(held => all || nowMs >= held.Value.UntilMs).ToArray();
        foreach (var (account, _) in expired) _byAccount.Remove(account);
        return [.. expired.Select(held => held.Value.Key)];
    }

    private string Extend(string account, string key, long nowMs)
    {
        _byAccount[account] = (key, nowMs + ValidMs);
        return key;
    }

    private string Next(string account)
    {
        var first = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{account}|{++_made}"));
        var second = SHA256.HashData(first);
        return string.Concat(first.Concat(second).Take(KeyLength).Select(b => Letters[b % Letters.Length]));
    }
}
