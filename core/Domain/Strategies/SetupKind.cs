using System.Text;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>One question a strategy asks: strategy, mode and side. Made once, at start.</summary>
public sealed class SetupKind
{
    /// <param name="strategy">The strategy's catalog name.</param>
    /// <param name="mode">Variant within the strategy, such as "fade"; empty when there is one only.</param>
    /// <param name="side">Direction of the trade.</param>
    public SetupKind(string strategy, string mode, Side side)
    {
        Strategy = strategy;
        Mode = mode;
        Side = side;
        Code = Fnv1A($"{strategy}|{mode}|{side}");
        StrategyCode = CodeOf(strategy);
    }

    public string Strategy { get; }

    public string Mode { get; }

    public Side Side { get; }

    /// <summary>Stable number of this question, independent of catalog order and process.</summary>
    public ulong Code { get; }

    /// <summary>Stable number of the strategy, whatever its mode and side.</summary>
    public ulong StrategyCode { get; }

    /// <summary>The <see cref="StrategyCode"/> of a catalog name.</summary>
    public static ulong CodeOf(string strategy) => Fnv1A(strategy);

    /// <summary>Both directions of one mode, long first.</summary>
    public static SetupKind[] BothSides(string strategy, string mode = "") =>
        [new(strategy, mode, Side.Long), new(strategy, mode, Side.Short)];

    private static ulong Fnv1A(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ b) * 1099511628211UL);
        return hash;
    }
}
