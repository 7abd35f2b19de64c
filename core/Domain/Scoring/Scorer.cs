using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Scoring;

/// <summary>score = base · w(regime, strategy) + Σ modifiers (spec 2.9). A modifier is applied, not applied or unavailable.</summary>
public static class Scorer
{
    // Points of spec 1.6; only the thresholds around them are settings.
    private const double Bonus = 1;
    private const double Penalty = -1;
    private const int FactorsMax = 2;
    private const double BetaMin = 0.5;
    private const double BetaMax = 2;

    private static readonly double[] ConfluenceBonus = [0, 0, 1.5, 3, 5];

    /// <summary>Rates a trigger that does not judge itself.</summary>
    /// <param name="setup">The trigger.</param>
    /// <param name="view">The market at its closing time.</param>
    /// <param name="btc">BTC at the same time.</param>
    /// <param name="agreeing">Independent strategies that agree, this one included.</param>
    /// <param name="options">Thresholds.</param>
    public static Score Rate(Setup setup, MarketView view, in BtcReading btc, int agreeing, ScoringOptions options)
    {
        var parts = new List<ScorePart>(16);
        var tally = new FactorTally();
        var weight = options.RegimeWeights && view.HasRegime
            ? RegimeWeights.Of(view.Regime.Label, setup.Kind.Strategy, setup.Category)
            : 1.0;
        parts.Add(new("base", setup.Base, $"{setup.Kind.Strategy} {setup.Kind.Mode}".TrimEnd()));
        parts.Add(new("regime_weight", setup.Base * (weight - 1), RegimeReason(view, weight)));
        parts.AddRange(setup.OwnParts);
        parts.Add(tally.Factor(Volume(setup, view, options)));
        parts.Add(tally.Factor(Cvd(setup, view, options)));
        parts.Add(tally.Factor(OpenInterest(view, options)));
        parts.Add(tally.Factor(DepthImbalance(setup, view, options)));
        parts.Add(tally.Factor(Confluence(agreeing)));
        var bias = tally.Factor(H4Bias(setup, view));
        parts.Add(bias.IsUnavailable ? bias : bias with { Points = 0 });   // a factor that is worth no points
        parts.Add(LateTrend(setup, view, options));
        parts.Add(Funding(setup, view, options));
        parts.Add(Btc(setup, view, btc, options));
        if (options.PatternPoints > 0) parts.Add(Pattern(setup, view, options));

        var total = 0.0;
        foreach (var part in parts) total += part.IsUnavailable ? 0 : part.Points;
        return new(parts, total, tally.Applied, tally.Known, Math.Min(FactorsMax, (tally.Known + 1) / 2));
    }

    private static ScorePart Volume(Setup setup, MarketView view, ScoringOptions options)
    {
        var frame = view.Frame(setup.Frame);
        var own = !double.IsNaN(setup.VolumeThreshold);
        var ratio = own ? setup.VolumeRatio : frame.Now.OverMean20(frame.Bar.Volume);
        var threshold = own ? setup.VolumeThreshold : options.VolumeRatio;
        return Part("volume", ratio, ratio >= threshold, Bonus, $"{ratio:0.00}× against {threshold:0.00}×");
    }

    private static ScorePart Cvd(Setup setup, MarketView view, ScoringOptions options)
    {
        var bars = view.Frame(setup.Frame).Bars;
        var agrees = CvdFlow.Agrees(bars, options.CvdBars, setup.Kind.Side);
        return agrees is not { } known
            ? Missing("cvd", "taker volume")
            : new("cvd", known ? Bonus : 0, $"{options.CvdBars} bars {(known ? "agree" : "do not agree")}");
    }

    private static ScorePart OpenInterest(MarketView view, ScoringOptions options)
    {
        var change = view.Context.OpenInterestChange;
        if (double.IsNaN(change)) return Missing("open_interest", "open interest");
        var major = view.Symbol.Name is "BTCUSDT" or "ETHUSDT";
        var least = major ? options.OpenInterestMin : options.OpenInterestMinAlt;
        var inside = change >= least && change <= options.OpenInterestMax;
        return new("open_interest", inside ? Bonus : 0, $"{change:P2} against {least:P1}…{options.OpenInterestMax:P0}");
    }

    private static ScorePart DepthImbalance(Setup setup, MarketView view, ScoringOptions options)
    {
        var imbalance = view.Context.DepthImbalance;
        if (double.IsNaN(imbalance)) return Missing("depth_imbalance", "order book");
        var along = setup.Kind.Side.Sign() * imbalance;
        return new("depth_imbalance", along >= options.DepthImbalance ? Bonus : 0, $"{along:+0.00;−0.00} against {options.DepthImbalance:0.00}");
    }

    private static ScorePart Confluence(int agreeing) =>
        new("confluence", ConfluenceBonus[Math.Clamp(agreeing, 0, ConfluenceBonus.Length - 1)], $"{agreeing} strategies agree");

    private static string RegimeReason(MarketView view, double weight) =>
        view.HasRegime ? $"×{weight:0.0} in {view.Regime.Label}" : $"×{weight:0.0}, 4h regime unavailable";

    /// <summary>Worth no points, but a positive factor.</summary>
    private static ScorePart H4Bias(Setup setup, MarketView view)
    {
        if (!view.HasRegime) return Missing("h4_bias", "4h candle");
        if (double.IsNaN(view.H4.Now.Ema200)) return Missing("h4_bias", "EMA200 on 4h");
        var agrees = view.Regime.H4Bias == (setup.Kind.Side == Side.Long ? Bias.Bullish : Bias.Bearish);
        return new("h4_bias", agrees ? 1 : 0, $"4h bias {view.Regime.H4Bias} {(agrees ? "agrees" : "does not agree")}; a factor without points");
    }

    private static ScorePart LateTrend(Setup setup, MarketView view, ScoringOptions options)
    {
        var frame = view.Frame(setup.Frame);
        var distance = setup.Kind.Side.Beyond(frame.Bar.Close, frame.Now.Ema20) / frame.Now.Atr;
        return Part("late_trend", distance, distance > options.LateTrendAtr, Penalty, $"{distance:0.00} ATR from EMA20 against {options.LateTrendAtr:0.0}");
    }

    private static ScorePart Funding(Setup setup, MarketView view, ScoringOptions options)
    {
        var z = setup.Kind.Side.Sign() * view.Context.FundingZ;
        return double.IsNaN(z)
            ? Missing("funding", "funding history")
            : new("funding", z > options.FundingZ ? Penalty : 0, $"z {z:+0.0;−0.0} against {options.FundingZ:0.0}");
    }

    private static ScorePart Btc(Setup setup, MarketView view, in BtcReading btc, ScoringOptions options)
    {
        if (view.Symbol == Symbol.Btc) return new("btc", 0, "not applied to BTC itself");
        if (double.IsNaN(btc.Change3)) return Missing("btc", "BTC 1h candles");
        var correlation = view.Beta.Correlation;
        if (correlation < options.BtcCorrelationMin) return new("btc", 0, $"not applicable: correlation {correlation:0.00}");
        var beta = double.IsNaN(view.Beta.Beta) ? 1 : Math.Clamp(view.Beta.Beta, BetaMin, BetaMax);
        var limit = -options.BtcMove / beta;
        var along = setup.Kind.Side.Sign() * btc.Change3;
        return new("btc", along <= limit ? -options.BtcPenalty : 0, $"{along:+0.00%;−0.00%} in 3 h against {limit:0.00%}");
    }

    private static ScorePart Pattern(Setup setup, MarketView view, ScoringOptions options)
    {
        var found = PriceActionPatterns.Of(view.Frame(setup.Frame).Bars, setup.Kind.Side);
        return found == PriceActionPattern.None
            ? new("pattern", 0, "no pattern with the trade")
            : new("pattern", options.PatternPoints, $"{found} with the trade");
    }

    private static ScorePart Part(string name, double value, bool applied, double points, string because) =>
        double.IsNaN(value) ? Missing(name, "enough bars") : new(name, applied ? points : 0, because);

    private static ScorePart Missing(string name, string what) => new(name, double.NaN, $"{what} unavailable");

    private struct FactorTally
    {
        public int Applied { get; private set; }

        public int Known { get; private set; }

        public ScorePart Factor(ScorePart part)
        {
            if (part.IsUnavailable) return part;
            Known++;
            if (part.Points > 0) Applied++;
            return part;
        }
    }
}
