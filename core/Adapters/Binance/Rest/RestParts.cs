using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What REST is made of.</summary>
/// <param name="Http">Of <see cref="ExchangeHttp"/>.</param>
/// <param name="Addresses">Where the exchange is.</param>
/// <param name="Keys">Null for public data only.</param>
/// <param name="Options">The settings.</param>
/// <param name="Budget">One for the whole process.</param>
/// <param name="Clock">The exchange's.</param>
/// <param name="Redactor">Knows the secrets.</param>
/// <param name="Alerts">Hears of refusals that a person has to mend.</param>
/// <param name="Time">Wall time.</param>
/// <param name="Logs">Where lines go.</param>
/// <param name="Seed">Of the jitter of repeats.</param>
public sealed record RestParts(
    HttpClient Http, ExchangeAddresses Addresses, BinanceKeys? Keys, ExchangeOptions Options, RequestBudget Budget,
    ExchangeClock Clock, Redactor Redactor, IAlerts Alerts, TimeProvider Time, ILoggerFactory Logs, int Seed);
