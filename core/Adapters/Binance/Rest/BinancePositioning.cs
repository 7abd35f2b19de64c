using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Binance's open interest and funding as the engine asks for them.</summary>
public sealed class BinancePositioning(BinanceFuturesRest rest) : IPositioning
{
    public async Task<double> OpenInterestAsync(Symbol symbol, CancellationToken cancel = default) =>
        (await rest.OpenInterestAsync(symbol, RequestLane.MarketData, cancel)).BaseUnits;

    public async Task<IReadOnlyList<(long TimeMs, double OpenInterest)>> OpenInterestHistoryAsync(
        Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default)
    {
        if (frame == TimeFrame.M1) throw new ArgumentOutOfRangeException(nameof(frame), frame, "The shortest period of open interest is 5m");
        var points = await rest.OpenInterestHistoryAsync(symbol, frame.Code(), null, null, limit, RequestLane.MarketData, cancel);
        return [.. points.OrderBy(point => point.TimeMs).Select(point => (point.TimeMs, point.BaseUnits))];
    }

    public async Task<IReadOnlyList<(long TimeMs, double Rate)>> FundingRatesAsync(
        Symbol symbol, int limit, CancellationToken cancel = default)
    {
        var payments = await rest.FundingRatesAsync(symbol, null, null, limit, RequestLane.MarketData, cancel);
        return [.. payments.OrderBy(payment => payment.TimeMs).Select(payment => (payment.TimeMs, payment.Rate))];
    }
}
