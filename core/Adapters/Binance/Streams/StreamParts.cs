using System.Net;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What every stream of a process shares.</summary>
/// <param name="Streams">Address of the stream server, without a route: <c>wss://fstream.binance.com</c>.</param>
/// <param name="Options">How streams are held.</param>
/// <param name="Time">Wall time.</param>
/// <param name="Clock">Market time.</param>
/// <param name="Random">For jitter; used under a lock.</param>
/// <param name="Budget">One for the process.</param>
/// <param name="Alerts">To people.</param>
/// <param name="Log">Never gets a listen key.</param>
public sealed record StreamParts(
    Uri Streams, StreamOptions Options, TimeProvider Time, IExchangeClock Clock, Random Random,
    ConnectionBudget Budget, IAlerts Alerts, ILogger Log)
{
    /// <summary>Routes and names.</summary>
    public StreamTable Table { get; init; } = StreamTable.Default;

    /// <summary>Knows what must not be told; gets the listen keys.</summary>
    public Redactor Redactor { get; init; } = new();

    /// <summary>HTTP or SOCKS; null for what the system's settings say.</summary>
    public IWebProxy? Proxy { get; init; }
}
