using FuturesBot.Domain.Signals;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>A signal that lives, and how it stands.</summary>
/// <param name="State">Its state now.</param>
/// <param name="Regime">At the decision.</param>
/// <param name="LastPrice">Quote units; NaN when there is none.</param>
/// <param name="NowR">Result if all were closed at the last price, in R, before fees; NaN without a position or a price.</param>
/// <param name="RiskPercent">What the present stop would cost, percent of equity; NaN when unknown or only followed.</param>
public sealed record SignalTrack(SignalState State, string Regime, double LastPrice, double NowR, double RiskPercent)
{
    public TradePlan Plan => State.Plan;
}
