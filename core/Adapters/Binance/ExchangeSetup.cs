using System.Net;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance;

/// <summary>What an exchange is put together from.</summary>
/// <param name="Addresses">Where it is.</param>
/// <param name="Keys">Null for public data only.</param>
/// <param name="Options">The settings.</param>
/// <param name="BanMemory">Remembers a ban over restarts.</param>
/// <param name="Alerts">Hears what a person should know.</param>
/// <param name="Logs">Where lines go.</param>
/// <param name="Time">Wall time.</param>
public sealed record ExchangeSetup(
    ExchangeAddresses Addresses, BinanceKeys? Keys, ExchangeOptions Options, IBanMemory BanMemory, IAlerts Alerts,
    ILoggerFactory Logs, TimeProvider Time)
{
    /// <summary>Of <see cref="ExchangeProxy"/>.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Market time per wall time; above 1 on a simulated exchange only.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>A simulated exchange that began with this process: nothing was asked of it before.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Of the jitter of repeats.</summary>
    public int Seed { get; init; } = 1;
}
