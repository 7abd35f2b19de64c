namespace FuturesBot.Simulator.Telegram;

/// <summary>Switches faults while the server runs.</summary>
public sealed class TelegramFaults
{
    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];

    /// <summary>Faults that struck.</summary>
    public int Struck { get; private set; }

    /// <summary>Lets a fault strike the next calls.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="method">Calls of this method alone; null for those that send or change messages.</param>
    /// <param name="count">So many calls.</param>
    /// <param name="retryAfterSeconds">What a 429 asks for.</param>
    public void Add(TelegramFault fault, string? method = null, int count = 1, int retryAfterSeconds = 1)
    {
        lock (_gate) _rules.Add(new(fault, method, retryAfterSeconds) { Left = count });
    }

    public void Clear()
    {
        lock (_gate) _rules.Clear();
    }

    /// <summary>The fault that strikes this call; null when none does.</summary>
    internal (TelegramFault Fault, int RetryAfterSeconds)? Of(string method)
    {
        lock (_gate)
        {
            var rule = _rules.Find(one => one.Method is { } named
                ? named.Equals(method, StringComparison.OrdinalIgnoreCase)
                : method.StartsWith("send", StringComparison.OrdinalIgnoreCase) || method.StartsWith("edit", StringComparison.OrdinalIgnoreCase));
            if (rule is null) return null;
            if (--rule.Left == 0) _rules.Remove(rule);
            Struck++;
            return (rule.Fault, rule.RetryAfterSeconds);
        }
    }

    private sealed record Rule(TelegramFault Fault, string? Method, int RetryAfterSeconds)
    {
        public int Left { get; set; }
    }
}
