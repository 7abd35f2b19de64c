using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Engine.Chat;

/// <summary>All that the chart of a signal shows: what was known when it was decided, and nothing later.</summary>
public sealed record SignalPictureFacts
{
    /// <summary>Candles on a chart.</summary>
    public const int Candles = 57;

    public required TradePlan Plan { get; init; }

    /// <summary>Closed candles of the plan's frame, the oldest first; the last one is the decision's.</summary>
    public required IReadOnlyList<Candle> Bars { get; init; }

    /// <summary>EMA200 at the close of each of them; NaN where it is not ripe.</summary>
    public required IReadOnlyList<double> Ema200 { get; init; }

    public required IReadOnlyList<Zone> Zones { get; init; }

    public required Wording Words { get; init; }

    /// <summary>Takes them from a symbol's desk, up to the close at which the plan was decided.</summary>
    public static SignalPictureFacts Of(TradePlan plan, SymbolDesk desk, Wording words)
    {
        var studies = desk.View.Frame(plan.Frame);
        var bars = new List<Candle>(Candles);
        var averages = new List<double>(Candles);
        for (var ago = studies.Bars.Count - 1; ago >= 0; ago--)
        {
            if (studies.Bars.Ago(ago).CloseTimeMs(plan.Frame) > plan.DecidedAtMs) continue;
            bars.Add(studies.Bars.Ago(ago));
            averages.Add(studies.Ago(ago).Ema200);
        }

        var from = Math.Max(0, bars.Count - Candles);
        return new()
        {
            Plan = plan,
            Bars = bars[from..],
            Ema200 = averages[from..],
            Zones = desk.View.Zones.All.ToArray(),
            Words = words,
        };
    }
}
