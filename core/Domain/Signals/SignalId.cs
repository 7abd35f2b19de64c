using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Signals;

/// <summary>Name of one signal: a function of its content.</summary>
[JsonConverter(typeof(SignalIdJson))]
public readonly record struct SignalId(string Value)
{
    /// <summary>The same setup yields the same id after a restart, so replays de-duplicate.</summary>
    /// <param name="barCloseMs">Close of the decision bar, UTC Unix milliseconds.</param>
    public static SignalId For(Symbol symbol, TimeFrame frame, string strategy, Side side, long barCloseMs)
    {
        var key = $"{symbol.Name}|{frame.Code()}|{strategy}|{side}|{barCloseMs}";
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]);
    }

    public override string ToString() => Value;
}
