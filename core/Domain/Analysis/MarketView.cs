using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// What a strategy may see at the close of a bar: closed candles of every frame up to that moment and
/// what was derived from them. Read-only.
/// </summary>
public sealed class MarketView(SymbolAnalysis analysis) : IStateful
{
    public Symbol Symbol => analysis.Symbol;

    /// <summary>The closing time that is being decided, UTC milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>Readings that candles cannot give; unavailable unless recorded.</summary>
    public MarketContext Context { get; private set; } = MarketContext.Unavailable;

    public FrameStudies M15 => analysis.M15;

    public FrameStudies H1 => analysis.H1;

    public FrameStudies H4 => analysis.H4;

    public SwingDetector SwingsM15 => analysis.SwingsM15;

    public SwingDetector SwingsH4 => analysis.SwingsH4;

    public MarketStructure Structure => analysis.Structure;

    public ZoneBook Zones => analysis.Zones;

    /// <summary>
    /// The 4h candle due at this moment is in. Without it nothing taken from 4h candles may be used
    /// (spec 2.17, Boundary): an old regime is not the present one.
    /// </summary>
    public bool HasRegime { get; private set; }

    /// <summary>The regime; <see cref="RegimeReading.None"/> without <see cref="HasRegime"/>.</summary>
    public RegimeReading Regime => HasRegime ? analysis.Regime.Current : RegimeReading.None;

    public RollingVolumeProfile Profile => analysis.Profile;

    /// <summary>VWAP since 00:00 UTC, from 15m bars.</summary>
    public VwapReading DailyVwap => analysis.DailyVwapNow;

    /// <summary>VWAP of 15m bars since the last 1h swing left by an impulse; unavailable unless studied.</summary>
    public VwapReading AnchoredVwapHour => analysis.Anchored?.Hour ?? VwapReading.Unavailable;

    /// <summary>The same from 4h swings.</summary>
    public VwapReading AnchoredVwapFourHours => analysis.Anchored?.FourHours ?? VwapReading.Unavailable;

    public BetaTracker Beta => analysis.Beta;

    public IndicatorVotes Votes => analysis.Votes;

    public FrameStudies Frame(TimeFrame frame) => frame switch
    {
        TimeFrame.M15 => M15,
        TimeFrame.H1 => H1,
        TimeFrame.H4 => H4,
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, "Studied frames are 15m, 1h and 4h"),
    };

    /// <summary>Carries the moment alone; the analysis is carried by the desk that holds it.</summary>
    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(MarketView), 1);
        var (nowMs, hasRegime, context) = (NowMs, HasRegime, Context);
        carrier.Carry(ref nowMs);
        carrier.Carry(ref hasRegime);
        carrier.Carry(ref context);
        (NowMs, HasRegime, Context) = (nowMs, hasRegime, context);
    }

    /// <summary>Moves the view to a closing time. Called by the pipeline only.</summary>
    public void MoveTo(long nowMs, in MarketContext context)
    {
        NowMs = nowMs;
        Context = context;
        HasRegime = !H4.IsEmpty && H4.Bar.CloseTimeMs(TimeFrame.H4) == TimeFrame.H4.OpenOf(nowMs);
    }
}
