using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Functions.Http;

/// <summary>A backfill as it is asked for.</summary>
/// <param name="Symbols">Such as <c>BTCUSDT</c>.</param>
/// <param name="Frames">Of 1m 5m 15m 1h 4h 1d.</param>
/// <param name="From">First open time.</param>
/// <param name="To">End, not included.</param>
public sealed record BackfillOrder(IReadOnlyList<string> Symbols, IReadOnlyList<string> Frames, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The plan, or why there is none.</summary>
    /// <param name="nowMs">Nothing later is closed; UTC, Unix milliseconds.</param>
    public (BackfillPlan? Plan, string? Fault) ToPlan(long nowMs)
    {
        if (Symbols is null || Frames is null) return (null, "'symbols' and 'frames' are needed");
        if (Orders.SymbolsOf(Symbols, out var symbols) is { } wrong) return (null, wrong);
        var frames = new List<TimeFrame>();
        foreach (var code in Frames)
        {
            if (!TimeFrames.TryParse(code, out var frame)) return (null, $"'frames' had '{code}'; 1m 5m 15m 1h 4h 1d are allowed");
            frames.Add(frame);
        }

        var plan = new BackfillPlan(symbols, frames, From.ToUnixTimeMilliseconds(), Math.Min(To.ToUnixTimeMilliseconds(), nowMs));
        return plan.Fault is { } fault ? (null, fault) : (plan, null);
    }
}
