using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.TestKit;

/// <summary>
/// Hand-made bars of one symbol, up to the close at which a strategy is asked. All frames end at
/// <see cref="EndMs"/>; a scenario is never changed, only copied with something else.
/// </summary>
public sealed record Scenario
{
    /// <summary>2025-06-04 12:00 UTC: a close of every frame but the day, in the middle of the European session.</summary>
    public const long EndMs = 1_749_038_400_000;

    public IReadOnlyList<Candle> M15 { get; init; } = [];

    public IReadOnlyList<Candle> H4 { get; init; } = [];

    public MarketContext Context { get; init; } = MarketContext.Unavailable;

    /// <summary>Close of the last 15m bar, UTC milliseconds; the last 4h bar closed then or just before.</summary>
    public long CloseMs { get; init; } = EndMs;

    public double Tick { get; init; } = 0.01;

    /// <summary>Quiet 15m bars of one price with a range: no swing, no direction, half of the volume bought.</summary>
    public static Scenario Quiet(int bars, double price = 100, double range = 1, double volume = 100) => new()
    {
        M15 = [.. Enumerable.Repeat(Bar(price, price + (range / 2), price - (range / 2), price, volume), bars)],
    };

    /// <summary>A bar without its time, which the scenario gives.</summary>
    public static Candle Bar(double open, double high, double low, double close, double volume = 100, double takerShare = 0.5) =>
        new(0, open, high, low, close, volume, TakerBuyVolume: takerShare * volume);

    /// <summary>Appends 15m bars.</summary>
    public Scenario Then(params Candle[] bars) => this with { M15 = [.. M15, .. bars] };

    /// <summary>Changes the 15m bar so many bars before the last.</summary>
    public Scenario Change(int ago, Func<Candle, Candle> change) =>
        this with { M15 = [.. M15.Select((bar, i) => i == M15.Count - 1 - ago ? change(bar) : bar)] };

    public Scenario ChangeH4(int ago, Func<Candle, Candle> change) =>
        this with { H4 = [.. H4.Select((bar, i) => i == H4.Count - 1 - ago ? change(bar) : bar)] };

    /// <summary>Prepends 4h bars that rise (fall) by half a unit each, range 2: a trend beyond doubt.</summary>
    public Scenario WithTrend(Side side, int bars = 260, double from = 100)
    {
        var trend = Enumerable.Range(0, bars).Select(i => from + (side.Sign() * 0.5 * i)).Select(c =>
            Bar(c - (side.Sign() * 0.25), c + 1, c - 1, c + (side.Sign() * 0.25)));
        return this with { H4 = [.. trend, .. H4] };
    }

    /// <summary>No bar tells what takers bought.</summary>
    public Scenario WithoutTakerVolume() =>
        this with { M15 = [.. M15.Select(bar => bar with { TakerBuyVolume = double.NaN })] };

    /// <summary>p → 2c − p, buyers become sellers.</summary>
    public Scenario Mirrored(double centre)
    {
        return this with
        {
            M15 = [.. M15.Select(Flip)],
            H4 = [.. H4.Select(Flip)],
            Context = Context with
            {
                DepthImbalance = -Context.DepthImbalance,
                DepthImbalanceMedian = -Context.DepthImbalanceMedian,
            },
        };

        Candle Flip(Candle bar) => bar with
        {
            Open = (2 * centre) - bar.Open,
            High = (2 * centre) - bar.Low,
            Low = (2 * centre) - bar.High,
            Close = (2 * centre) - bar.Close,
            TakerBuyVolume = bar.Volume - bar.TakerBuyVolume,
        };
    }

    /// <summary>The market as it stands at the last close.</summary>
    /// <param name="symbol">Null: some symbol that is neither BTC nor ETH.</param>
    /// <param name="context">Null: <see cref="Context"/>.</param>
    /// <param name="prepare">Feeds what bars cannot give, such as beta.</param>
    public MarketView View(Symbol? symbol = null, MarketContext? context = null, Action<SymbolAnalysis>? prepare = null)
    {
        var analysis = new SymbolAnalysis(symbol ?? Symbol.Parse("TESTUSDT"), (decimal)Tick, new());
        prepare?.Invoke(analysis);
        Fold(analysis, TimeFrame.H4, H4);
        Fold(analysis, TimeFrame.M15, M15);
        var view = new MarketView(analysis);
        view.MoveTo(CloseMs, context ?? Context);
        return view;
    }

    /// <summary>Asks every predicate of a strategy at the last close.</summary>
    /// <param name="strategy">Who is asked.</param>
    /// <param name="before">What has fired before; null: nothing.</param>
    public Asked Ask(IStrategy strategy, FiredSetups? before = null)
    {
        var view = View();
        var log = new DecisionLog(exhaustive: true, before ?? new FiredSetups());
        strategy.Evaluate(view, log);
        log.End();
        return new(log, view);
    }

    private void Fold(SymbolAnalysis analysis, TimeFrame frame, IReadOnlyList<Candle> bars)
    {
        var first = frame.OpenOf(CloseMs) - (bars.Count * frame.Ms());
        for (var i = 0; i < bars.Count; i++) analysis.Update(frame, bars[i] with { OpenTimeMs = first + (i * frame.Ms()) });
    }
}
