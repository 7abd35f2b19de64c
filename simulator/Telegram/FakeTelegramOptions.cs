namespace FuturesBot.Simulator.Telegram;

/// <summary>How a fake Telegram starts.</summary>
public sealed record FakeTelegramOptions
{
    /// <summary>TCP port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The one token that is accepted.</summary>
    public string Token { get; init; } = "1000001:simulator";

    /// <summary>Messages kept per chat; the oldest go first.</summary>
    public int MessagesKept { get; init; } = 500;

    /// <summary>Answers 429 to more than 30 messages a second, or 20 a minute to one group.</summary>
    public bool EnforcesRates { get; init; } = true;
}
