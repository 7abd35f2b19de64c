using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Running;

/// <summary>A setup of which all but one check passed.</summary>
/// <param name="TimeMs">Closing time of its bar.</param>
/// <param name="Kind">Strategy, mode and side.</param>
/// <param name="Failed">The check that failed.</param>
public sealed record NearMiss(long TimeMs, Symbol Symbol, SetupKind Kind, Predicate Failed);
