using System.ComponentModel.DataAnnotations;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Closed candles that a symbol's analysis starts from (spec 3.3).</summary>
public sealed record WarmupOptions
{
    /// <summary>Candles of 15m. EMA200 from 1,500 bars holds 2.3e-6 of its seed.</summary>
    [Range(200, 20_000)] public int Bars15m { get; init; } = 1500;

    /// <summary>Candles of 1h.</summary>
    [Range(200, 20_000)] public int Bars1h { get; init; } = 1500;

    /// <summary>Candles of 4h.</summary>
    [Range(200, 20_000)] public int Bars4h { get; init; } = 1500;

    /// <summary>Candles of 1d.</summary>
    [Range(1, 5_000)] public int Bars1d { get; init; } = 100;

    /// <summary>What a symbol needs.</summary>
    /// <param name="listed">The contract.</param>
    /// <param name="minutes">1m candles beside the warm-up; 0: none.</param>
    public SymbolHistory Of(ExchangeSymbol listed, int minutes = 0)
    {
        var bars = new Dictionary<TimeFrame, int>
        {
            [TimeFrame.M15] = Bars15m,
            [TimeFrame.H1] = Bars1h,
            [TimeFrame.H4] = Bars4h,
            [TimeFrame.D1] = Bars1d,
        };
        if (minutes > 0) bars[TimeFrame.M1] = minutes;
        return new(listed.Symbol, listed.OnboardMs, bars);
    }
}
