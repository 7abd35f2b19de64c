using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Why the last bars of a symbol gave no signal: per strategy and side the nearest miss.</summary>
public sealed record WhyView(Symbol Symbol, long MarketTimeMs, RegimeView? Regime, IReadOnlyList<WhyRowView> Rows);
