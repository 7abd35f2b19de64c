using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented order books around the invented prices; LTCUSDT's is out of step, SUIUSDT has none.</summary>
internal sealed class SampleBooks(SampleSource source) : IOrderBookSource
{
    public OrderBookView? Book(Symbol symbol, int levels)
    {
        if (symbol.Name == "SUIUSDT") return null;
        var view = source.Symbols().First(one => one.Symbol == symbol);
        var (nowMs, tick) = (source.Status().MarketTimeMs, 1m / (decimal)Math.Pow(10, view.PriceDecimals));
        var middle = decimal.Round((decimal)view.Last, view.PriceDecimals);
        var random = new Random((int)(nowMs / 1_000 % 100_000));
        var (bids, asks) = (Side(-1), Side(1));
        var isBelieved = symbol.Name != "LTCUSDT";
        var (bid, ask) = (bids[0], asks[0]);
        var mid = (double)(bid.Price + ask.Price) / 2;
        double Known(double value) => isBelieved ? value : double.NaN;
        var all = (double)(bids[^1].Cumulative + asks[^1].Cumulative);
        var imbalance = (double)(bids[^1].Cumulative - asks[^1].Cumulative) / all;
        return new(
            symbol, nowMs, isBelieved ? "synced" : "gap", isBelieved, isBelieved ? null : "an update is missing; a new snapshot is needed",
            8_221_004_113 + (nowMs / 100), 84, isBelieved ? 1 : 4, isBelieved ? 1 : 5, bids, asks,
            Known(mid), Known((double)(ask.Price - bid.Price) / mid * 10_000),
            Known((double)((bid.Price * ask.Quantity) + (ask.Price * bid.Quantity)) / (double)(bid.Quantity + ask.Quantity)),
            Known(imbalance), Known(imbalance * 0.8), Known(imbalance * 1.1),
            [new(10, Known(all * 0.4), Known(all * 0.35)), new(25, Known(all * 0.9), Known(all)), new(50, Known(all * 1.7), Known(all * 1.8))],
            [new(10, Known(0.6)), new(60, Known(-1.4))]);

        BookLevelView[] Side(int dir)
        {
            var sum = 0m;
            return
            [
                .. Enumerable.Range(1, levels).Select(i =>
                {
                    var quantity = decimal.Round((decimal)(1 + (random.NextDouble() * 20)), 3);
                    return new BookLevelView(middle + (dir * i * tick), quantity, sum += quantity);
                }),
            ];
        }
    }
}
