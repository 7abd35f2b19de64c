using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Limits;

/// <summary>Orders of an account on wall time: 300 in ten seconds, 1,200 in a minute.</summary>
internal sealed class OrderLimits(TimeProvider wall)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Window TenSeconds, Window Minute)> _accounts = new(StringComparer.Ordinal);

    /// <summary>Counts orders; refuses them when they are too many.</summary>
    /// <returns>What both windows hold, and the refusal or null.</returns>
    public (int TenSeconds, int Minute, Refusal? Refusal) Take(string account, int orders)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(account, out var windows))
                _accounts.Add(account, windows = (new(10_000, 300), new(60_000, 1_200)));
            var nowMs = wall.GetUtcNow().ToUnixTimeMilliseconds();
            windows.TenSeconds.Add(orders, nowMs);
            windows.Minute.Add(orders, nowMs);
            var refusal = windows switch
            {
                { TenSeconds.IsOver: true } => TooMany(windows.TenSeconds, "TEN_SECONDS"),
                { Minute.IsOver: true } => TooMany(windows.Minute, "MINUTE"),
                _ => null,
            };
            return (windows.TenSeconds.Used, windows.Minute.Used, refusal);
        }
    }

    private static Refusal TooMany(Window window, string span) =>
        new(-1015, $"Too many new orders; current limit is {window.Limit} orders per {span}.", 429);
}
