using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Adapters.Sessions;

namespace FuturesBot.Dashboard.Running;

/// <summary>The page's lines about the exchange: request weight and bans, streams, order books.</summary>
internal static class ExchangeViews
{
    /// <param name="exchange">Null for recorded data.</param>
    public static IEnumerable<HealthView> Health(ExchangeSession? exchange)
    {
        if (exchange is null)
        {
            yield return new("Order books", "none", "recorded candles have no order book", HealthLevel.Ok);
            yield break;
        }

        yield return Budget(exchange);
        yield return Streams(exchange);
        yield return Books(exchange);
    }

    private static HealthView Budget(ExchangeSession exchange)
    {
        var budget = exchange.Budget;
        if (budget.BanLeft is { } left)
        {
            return new("Requests", "banned", FormattableString.Invariant(
                $"the exchange has banned this address for {left.TotalMinutes:0.0} min more; nothing is asked until then"), HealthLevel.Crit);
        }

        var use = budget.OwnWeight / (double)Math.Max(1, budget.OwnWeightMax);
        return new(
            "Requests", FormattableString.Invariant($"{budget.OwnWeight} / {budget.OwnWeightMax}"),
            budget.PausedUntilMs is null ? "request weight of this minute" : "the exchange asked for a pause (429)",
            budget.PausedUntilMs is not null || use > 0.95 ? HealthLevel.Warn : HealthLevel.Ok);
    }

    private static HealthView Streams(ExchangeSession exchange)
    {
        var lines = exchange.Klines.Health.Concat(exchange.Books?.Streams ?? []).ToArray();
        var live = lines.Count(line => line.State is StreamState.Live or StreamState.Renewing);
        return new(
            "Streams", $"{live} / {lines.Length}", $"{lines.Sum(line => line.Streams)} streams, {lines.Sum(line => line.Reconnects)} reconnects",
            live == lines.Length ? HealthLevel.Ok : HealthLevel.Warn);
    }

    private static HealthView Books(ExchangeSession exchange)
    {
        if (exchange.Books is null) return new("Order books", "off", "switched off by 'context.order_books'", HealthLevel.Ok);
        var health = exchange.Books.Health;
        var all = health.ByTrust.Values.Sum();
        var synced = health.ByTrust.GetValueOrDefault(BookTrust.Synced);
        return new(
            "Order books", $"{synced} / {all}", $"in step; {health.Resyncs} built anew", synced == all ? HealthLevel.Ok : HealthLevel.Warn);
    }
}
