using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>How a simulated exchange starts.</summary>
public sealed record SimulatedExchangeOptions
{
    /// <summary>Seed of the generated market and of every chance in it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Symbols of the generated market, the leader first; null for <see cref="GeneratedSymbols.Twelve"/> in their ordinary form.</summary>
    public IReadOnlyList<ListedSymbol>? Symbols { get; init; }

    /// <summary>
    /// So many made-up symbols of every kind beside the twelve (<see cref="SymbolUniverse"/>), where <see cref="Symbols"/> is null; 0 for
    /// the twelve alone.
    /// </summary>
    public int SymbolCount { get; init; }

    /// <summary>Folder to replay, of raw depth recordings or of kline files; null for a generated market.</summary>
    public string? DataFolder { get; init; }

    /// <summary>First minute of history, UTC, Unix milliseconds, on the minute; null for 60 days before
    /// <see cref="StartAtMs"/>, 36 with more than 60 symbols.</summary>
    public long? MarketStartMs { get; init; }

    /// <summary>
    /// Market time of the first live moment, UTC, Unix milliseconds: what is earlier is history. Null for wall time, or for the
    /// start of a replayed folder.
    /// </summary>
    public long? StartAtMs { get; init; }

    /// <summary>The market stands still until <see cref="SimulatedExchange.Release"/>: whoever starts it connects first.</summary>
    public bool Held { get; init; }

    /// <summary>Market time per wall time, above 0.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    public SlowReader SlowReader { get; init; } = SlowReader.Wait;

    /// <summary>What goes wrong, and which changes of the exchange are undone.</summary>
    public FaultScript Faults { get; init; } = new();

    /// <summary>Key of the test account.</summary>
    public string ApiKey { get; init; } = "simulator";

    /// <summary>HMAC secret of the test account.</summary>
    public string ApiSecret { get; init; } = "simulator";

    /// <summary>Key whose requests are signed with RSA; null for none. It is another key of the same account.</summary>
    public string? RsaApiKey { get; init; }

    /// <summary>Public key of <see cref="RsaApiKey"/>, PEM.</summary>
    public string? RsaPublicKeyPem { get; init; }

    /// <summary>What the test account begins with, USDT.</summary>
    public decimal WalletBalance { get; init; } = 10_000m;

    /// <summary>Wall time after which a connection is cut; the real exchange's is 24 hours.</summary>
    public TimeSpan ConnectionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The connection's life runs on market time instead.</summary>
    public bool ConnectionLifeOnMarketTime { get; init; }

    /// <summary>Wall time between two pings.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Wall time within which a ping must be answered, or the connection is cut.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Keeps how books stood at their updates, for <see cref="SimulatedExchange.Truth"/>.</summary>
    public bool KeepTruth { get; init; }

    /// <summary>Messages that a connection may have waiting before it counts as slow.</summary>
    public int QueueMax { get; init; } = 4_096;

    /// <summary>
    /// At a speed above 1: least wall time between two messages of one stream of depth, book ticker or running candle. What is
    /// between them is merged; closed candles are never held back.
    /// </summary>
    public TimeSpan ThinnedTo { get; init; } = TimeSpan.FromMilliseconds(50);
}
