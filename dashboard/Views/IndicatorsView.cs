using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Study values, one row of each series per closed candle; NaN while warming up.</summary>
/// <param name="Series">
/// By name. The page draws <c>ema20 ema50 ema200 vwap vwap_upper1 vwap_lower1 vwap_upper2 vwap_lower2
/// volume_mean20</c> and prints <c>atr14 adx14 rsi14</c>; others travel too. <c>pattern_long</c> and
/// <c>pattern_short</c> are sums of 1 pin bar, 2 engulfing, 4 inside bar, 8 fakey. <c>vwap_session vwap_week avwap_1h
/// avwap_4h</c> come with <c>…_since</c>, the time from which each runs. Every list is as long as <paramref name="OpenTimesMs"/>.
/// </param>
public sealed record IndicatorsView(
    Symbol Symbol,
    TimeFrame Timeframe,
    [property: JsonPropertyName("open_time")] IReadOnlyList<long> OpenTimesMs,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Series);
