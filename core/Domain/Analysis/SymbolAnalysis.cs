using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Everything known about one symbol from its closed candles. A closed candle costs one fold; the whole
/// state is carried in a snapshot, so nothing is ever reloaded to decide.
/// </summary>
public sealed class SymbolAnalysis : IStateful
{
    /// <summary>A gap of up to this many bars is bridged; a longer one restarts the symbol (spec 2.17).</summary>
    public const int BridgedGapBars = 12;

    private readonly AnalysisOptions _options;
    private long _lastDayMs = long.MinValue;

    public SymbolAnalysis(Symbol symbol, decimal tickSize, AnalysisOptions options)
    {
        Symbol = symbol;
        _options = options;
        Profile = new RollingVolumeProfile((double)tickSize, options.Profile);
        Regime = new RegimeDetector(options.Regime);
        Anchored = options.StudyAnchoredVwap ? new() : null;
    }

    public Symbol Symbol { get; }

    public FrameStudies M15 { get; } = new(TimeFrame.M15);

    public FrameStudies H1 { get; } = new(TimeFrame.H1);

    public FrameStudies H4 { get; } = new(TimeFrame.H4);

    public SwingDetector SwingsM15 { get; } = new(wing: 2);

    public SwingDetector SwingsH4 { get; } = new(wing: 2);

    public MarketStructure Structure { get; } = new();


    public ZoneBook Zones { get; } = new();

    public RegimeDetector Regime { get; }

    public RollingVolumeProfile Profile { get; }

    public DailyVwap DailyVwap { get; } = new();

    public VwapReading DailyVwapNow { get; private set; } = VwapReading.Unavailable;

    /// <summary>Null unless switched on.</summary>
    public AnchoredVwaps? Anchored { get; }

    public BetaTracker Beta { get; } = new();

    /// <summary>Kept only where the indicator vote is switched on.</summary>
    public IndicatorVotes Votes { get; } = new();

    /// <summary>Folds the next closed candle of a frame in.</summary>
    public AppendOutcome Update(TimeFrame frame, in Candle bar)
    {
        switch (frame)
        {
            case TimeFrame.M15:
                return UpdateM15(bar);
            case TimeFrame.H1:
                return UpdateH1(bar);
            case TimeFrame.H4:
                return UpdateH4(bar);
            case TimeFrame.D1:
                return UpdateDay(bar);
            default:
                return AppendOutcome.Appended;   // 1m and 5m only move open signals and charts
        }
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part("symbol", 2);
        carrier.Carry(ref _lastDayMs);
        M15.Carry(carrier);
        H1.Carry(carrier);
        H4.Carry(carrier);
        SwingsM15.Carry(carrier);
        SwingsH4.Carry(carrier);
        Structure.Carry(carrier);
        Zones.Carry(carrier);
        Regime.Carry(carrier);
        Profile.Carry(carrier);
        DailyVwap.Carry(carrier);
        var daily = DailyVwapNow;
        carrier.Carry(ref daily);
        DailyVwapNow = daily;
        Beta.Carry(carrier);
        Anchored?.Carry(carrier);
        if (_options.StudyVote) Votes.Carry(carrier);
    }

    private static bool IsNew(AppendOutcome outcome) =>
        outcome is AppendOutcome.Appended or AppendOutcome.AppendedAfterGap;

    private AppendOutcome UpdateM15(in Candle bar)
    {
        var outcome = M15.Update(bar);
        if (!IsNew(outcome)) return outcome;
        SwingsM15.Update(bar);
        Structure.Update(bar, SwingsM15);
        Profile.Update(bar);
        DailyVwapNow = DailyVwap.Update(bar);
        Anchored?.Update(TimeFrame.M15, bar);
        if (_options.StudyVote) Votes.Update(bar);
        return outcome;
    }

    private AppendOutcome UpdateH1(in Candle bar)
    {
        var outcome = H1.Update(bar);
        if (!IsNew(outcome)) return outcome;
        Zones.Update(TimeFrame.H1, bar);
        Anchored?.Update(TimeFrame.H1, bar);
        return outcome;
    }

    private AppendOutcome UpdateH4(in Candle bar)
    {
        var outcome = H4.Update(bar);
        if (!IsNew(outcome)) return outcome;
        SwingsH4.Update(bar);
        Regime.Update(bar);
        Zones.Update(TimeFrame.H4, bar);
        Anchored?.Update(TimeFrame.H4, bar);
        return outcome;
    }

    private AppendOutcome UpdateDay(in Candle bar)
    {
        if (bar.OpenTimeMs <= _lastDayMs) return AppendOutcome.Late;
        _lastDayMs = bar.OpenTimeMs;
        Zones.Update(TimeFrame.D1, bar);
        return AppendOutcome.Appended;
    }
}
