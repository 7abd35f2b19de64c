using System.Net;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance;

/// <summary>One exchange, put together: the only door to it of a process, with one budget and one clock.</summary>
public sealed class BinanceExchange : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _isFresh;

    /// <param name="setup">What it is made of.</param>
    /// <exception cref="NotSupportedException">The private key is of a kind that cannot be used.</exception>
    public BinanceExchange(ExchangeSetup setup)
    {
        (Addresses, _isFresh) = (setup.Addresses, setup.IsFresh);
        Proxy = setup.Proxy;
        // The simulator's key is known to everyone, and its name stands in harmless texts.
        if (setup.Keys is { } keys && keys != BinanceKeys.Simulator)
        {
            Redactor.Hide(keys.ApiKey);
            Redactor.Hide(keys.ApiSecret);
            Redactor.Hide(keys.PrivateKeyPassword);
        }

        Redactor.Hide(Secret.From((setup.Proxy as WebProxy)?.Credentials is NetworkCredential proxy ? proxy.Password : null));
        Clock = new(setup.Time, setup.Speed);
        Budget = new(BudgetLimits.From(setup.Options), setup.Time, setup.BanMemory, setup.Alerts, setup.Logs.CreateLogger<RequestBudget>());
        _http = ExchangeHttp.Create(setup.Options, setup.Proxy, Redactor);
        Rest = new(new(
            _http, setup.Addresses, setup.Keys, setup.Options, Budget, Clock, Redactor, setup.Alerts, setup.Time, setup.Logs, setup.Seed));
        Market = new(Rest);
    }

    public ExchangeAddresses Addresses { get; }

    /// <summary>For streams and the archive too; null when there is none.</summary>
    public IWebProxy? Proxy { get; }

    /// <summary>Knows every secret of this exchange; whatever writes texts of it cleans them here.</summary>
    public Redactor Redactor { get; } = new();

    public RequestBudget Budget { get; }

    public ExchangeClock Clock { get; }

    public BinanceFuturesRest Rest { get; }

    public BinanceMarket Market { get; }

    /// <summary>Recalls a ban and the limits used by an earlier run, then reads the exchange's clock; during a ban it waits for its end.</summary>
    /// <exception cref="ExchangeException">The exchange cannot be reached.</exception>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        await Budget.RestoreAsync(_isFresh, cancel);
        await Rest.SynchroniseClockAsync(cancel);
    }

    public void Dispose()
    {
        Rest.Dispose();
        Budget.Dispose();
        _http.Dispose();
        Clock.Dispose();
    }
}
