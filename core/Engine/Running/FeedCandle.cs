using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>A closed candle as a feed hands it over.</summary>
public readonly record struct FeedCandle(SeriesInfo Series, Candle Candle);
