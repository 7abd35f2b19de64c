using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>A series of the merged stream.</summary>
/// <param name="Info">Symbol and frame.</param>
/// <param name="BuiltFrom">The frame it is resampled from; null when the source has it.</param>
public sealed record MergedSeries(SeriesInfo Info, TimeFrame? BuiltFrom);
