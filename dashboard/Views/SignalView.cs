using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A signal in a list and on the chart.</summary>
/// <param name="Mode">The strategy's variant, such as <c>standard</c>, <c>scalp</c>, <c>fade</c>; empty without one.</param>
/// <param name="CloseReason">TP1, TP2, TRAIL, BE, SL, TIME, MANUAL …; null before the end.</param>
/// <param name="EntryPrice">Filled price, before that the planned one.</param>
/// <param name="Stop">Where the stop stands now.</param>
/// <param name="InitialStop">Where it stood at the decision: one R away from the entry.</param>
/// <param name="Tp2">Null when the plan has one target.</param>
/// <param name="DecidedAtMs">Close of the bar that gave the signal.</param>
/// <param name="ExpiresAtMs">Only while it waits for its entry.</param>
/// <param name="NowR">Result in R at the last price, closed parts included; NaN before the entry. After the end the gross result.</param>
/// <param name="PnlRNet">After fees, funding and slippage; NaN before the end.</param>
/// <param name="RiskPercent">Of equity, at the present stop; NaN when unknown.</param>
/// <param name="Replayed">Decided while the past was lived through at start.</param>
/// <param name="ShadowedBy">Id of the signal that holds the symbol's one position; then this one has no orders.</param>
public sealed record SignalView(
    string SignalId,
    Symbol Symbol,
    TimeFrame Timeframe,
    string Strategy,
    string Mode,
    Side Direction,
    string Category,
    SignalStage State,
    string? CloseReason,
    string EntryType,
    decimal EntryPrice,
    decimal Stop,
    decimal InitialStop,
    decimal Tp1,
    decimal? Tp2,
    double Score,
    string Regime,
    long DecidedAtMs,
    long? EnteredAtMs,
    long? ExpiresAtMs,
    long? ClosedAtMs,
    double NowR,
    double MfeR,
    double MaeR,
    double PnlRGross,
    double PnlRNet,
    TradeOutcome? Outcome,
    double RiskPercent,
    int Bars,
    bool Replayed,
    string? ShadowedBy);
