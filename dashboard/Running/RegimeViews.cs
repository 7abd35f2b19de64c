using System.Globalization;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>A tile of the regime board.</summary>
internal static class RegimeViews
{
    private const int SparkHours = 36;

    public static RegimeView Of(SymbolDesk desk, MarketRunner runner)
    {
        var reading = desk.View.Regime;
        var hours = runner.Shelf.Newest(new(desk.Symbol, TimeFrame.H1), SparkHours);
        return new(
            desk.Symbol,
            reading.Label.ToString().ToUpperInvariant(),
            (int)reading.Direction,
            reading.Label == MarketRegime.Undecided ? double.NaN : reading.Confidence,
            (int)reading.H4Bias,
            Change24h(runner, desk.Symbol),
            Array.ConvertAll(hours, hour => hour.Close),
            runner.Regimes.SinceMs(desk.Symbol.Name),
            Reason(reading));
    }

    /// <summary>Change of the last price over 24 hours, percent; NaN before they are there.</summary>
    public static double Change24h(MarketRunner runner, Symbol symbol) => runner.Change24h(symbol);

    /// <summary>Close of the newest candle of the shortest frame; NaN when there is none.</summary>
    public static double Last(MarketRunner runner, Symbol symbol) => runner.LastPrice(symbol);

    private static string? Reason(RegimeReading reading) => double.IsNaN(reading.Adx)
        ? "the 4h indicators are not ripe yet"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"ADX {reading.Adx:0.0}, band width at its {reading.WidthPercentile:0}. percentile, EMA20 {reading.Slope20 * 100:+0.000;-0.000} % a bar");
}
