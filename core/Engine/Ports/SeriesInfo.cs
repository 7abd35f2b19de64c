using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>One line of candles: a symbol in one time frame.</summary>
public sealed record SeriesInfo(Symbol Symbol, TimeFrame Frame)
{
    public override string ToString() => $"{Symbol.Name} {Frame.Code()}";
}
