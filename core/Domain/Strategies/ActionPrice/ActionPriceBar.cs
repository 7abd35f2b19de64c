using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>A closed bar with its own EMAs and ATR: what Action Price looks at.</summary>
public readonly record struct ActionPriceBar(
    Candle Candle, double Ema5, double Ema9, double Ema13, double Ema21, double Ema200, double Atr)
{
    public static ActionPriceBar Of(FrameStudies frame, int ago)
    {
        ref readonly var s = ref frame.Ago(ago);
        return new(frame.Bars.Ago(ago), s.Ema5, s.Ema9, s.Ema13, s.Ema21, s.Ema200, s.Atr);
    }
}
