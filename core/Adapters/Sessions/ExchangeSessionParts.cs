using System.Net;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Sessions;

/// <summary>What an <see cref="ExchangeSession"/> is made of.</summary>
public sealed record ExchangeSessionParts
{
    public required BotOptions Bot { get; init; }

    /// <summary>Its name, such as <c>binance</c>.</summary>
    public required string Exchange { get; init; }

    public required ExchangeAddresses Addresses { get; init; }

    /// <summary>Null for public data only.</summary>
    public BinanceKeys? Keys { get; init; }

    public IWebProxy? Proxy { get; init; }

    /// <summary>Market time per wall time; above 1 on a simulated exchange only.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The exchange of this process's own, which the session disposes of; null for any other.</summary>
    public IOwnExchange? Own { get; init; }

    /// <summary>What the run is; null for a new one, which begins now.</summary>
    public RunIdentity? Identity { get; init; }

    /// <summary>Symbols of a run that is gone on with; null: those that the exchange lists and the settings want.</summary>
    public IReadOnlyList<SymbolListing>? Listings { get; init; }

    /// <summary>Closing time that was handed over last, UTC, Unix milliseconds; null: the feed begins with the run, or is restored.</summary>
    public long? ResumeMs { get; init; }

    /// <summary>Days before now that a new run lives through.</summary>
    public required int ReplayDays { get; init; }

    /// <summary>Where candles are.</summary>
    public required ICandleStore Candles { get; init; }

    /// <summary>Where symbols that people added and removed are.</summary>
    public required IValueStore Values { get; init; }

    /// <summary>Remembers a ban over restarts.</summary>
    public required IBanMemory BanMemory { get; init; }

    /// <summary>Folder for archive files under way.</summary>
    public required string ArchiveFolder { get; init; }

    public required IAlerts Alerts { get; init; }

    public required ILoggerFactory Logs { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeProvider Time { get; init; }
}
