using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Adapters.Sessions;

/// <summary>Tells the chat how the connection to the exchange does.</summary>
public sealed class ExchangeNotes(ExchangeSession exchange) : IExchangeNotes
{
    public ExchangeNote Read()
    {
        var budget = exchange.Budget;
        var lines = exchange.Klines.Health.Concat(exchange.Books?.Streams ?? []).ToArray();
        var books = exchange.Books?.Health;
        var lag = Together(lines);
        return new()
        {
            Weight = budget.OwnWeight,
            WeightMax = budget.OwnWeightMax,
            BanLeft = budget.BanLeft,
            IsPaused = budget.PausedUntilMs is not null,
            LinesLive = lines.Count(line => line.State is StreamState.Live or StreamState.Renewing),
            Lines = lines.Length,
            Reconnects = lines.Sum(line => line.Reconnects),
            BooksInStep = books?.ByTrust.GetValueOrDefault(BookTrust.Synced) ?? 0,
            Books = books?.ByTrust.Values.Sum() ?? 0,
            BooksRebuilt = (int)Math.Min(books?.Resyncs ?? 0, int.MaxValue),
            LagP50Ms = Quantile(lag, 0.5),
            LagP90Ms = Quantile(lag, 0.9),
            LagP99Ms = Quantile(lag, 0.99),
            Messages = lines.Sum(line => line.Messages),
        };
    }

    private static long[] Together(StreamHealth[] lines)
    {
        var sum = new long[LagHistogram.BoundsMs.Count + 1];
        foreach (var line in lines)
        {
            var counts = line.Lag.Counts;
            for (var i = 0; i < sum.Length; i++) sum[i] += counts[i];
        }

        return sum;
    }

    /// <summary>The bound below which so much of all messages lie; NaN when there are none, infinite above the last.</summary>
    private static double Quantile(long[] counts, double share)
    {
        var wanted = share * counts.Sum();
        if (wanted <= 0) return double.NaN;
        var below = 0L;
        for (var i = 0; i < LagHistogram.BoundsMs.Count; i++)
        {
            below += counts[i];
            if (below >= wanted) return LagHistogram.BoundsMs[i];
        }

        return double.PositiveInfinity;
    }
}
