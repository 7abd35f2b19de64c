using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>The nine as nine objects, each with its own memory.</summary>
internal sealed class SeparateNine
{
    private readonly Ema _ema = new(200);
    private readonly Rsi _rsi = new(14);
    private readonly Macd _macd = new(12, 26, 9);
    private readonly Atr _atr = new(14);
    private readonly Adx _adx = new(14);
    private readonly Bollinger _bands = new(20, 2);
    private readonly Donchian _channel = new(20);
    private readonly Vwma _vwma = new(20);
    private readonly StdDev _deviation = new(20);

    public void Update(in Candle bar, ref NineRow row)
    {
        row.Ema200 = _ema.Update(bar.Close);
        row.Rsi14 = _rsi.Update(bar.Close);
        (row.Macd, row.MacdSignal) = _macd.Update(bar.Close);
        row.Atr14 = _atr.Update(bar);
        (row.Adx14, row.PlusDi, row.MinusDi) = _adx.Update(bar);
        var bands = _bands.Update(bar.Close);
        (row.BollingerMiddle, row.BollingerDistance) = (bands.Middle, bands.Distance);
        (row.DonchianUpper, row.DonchianLower) = _channel.Update(bar);
        row.Vwma20 = _vwma.Update(bar);
        row.StdDev20 = _deviation.Update(bar.Close);
    }
}
