using FuturesBot.Domain.Market;

namespace FuturesBot.Local.Commands;

/// <summary>Folds a candle in and writes the values at it, a column each.</summary>
internal delegate void Study(in Candle bar, Span<double> into);
