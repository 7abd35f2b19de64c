using System.Security.Cryptography;
using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Functions.Http;

/// <summary>What orders of work have in common.</summary>
internal static class Orders
{
    /// <summary>Symbols out of a stranger's texts; null when they are, else what is wrong.</summary>
    public static string? SymbolsOf(IReadOnlyList<string> texts, out List<Symbol> symbols)
    {
        symbols = [];
        foreach (var text in texts)
        {
            if (!Symbol.TryParse(text ?? "", out var symbol)) return $"'symbols' had '{text}', which is no symbol such as BTCUSDT";
            symbols.Add(symbol);
        }

        return null;
    }

    /// <summary>The same order has the same id, so that sending it twice does it once.</summary>
    public static string IdOf<T>(string kind, T plan) =>
        $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan, SignalJson.Options)))[..16]}";
}
