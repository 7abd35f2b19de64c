using System.Security.Cryptography;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using FuturesBot.Simulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Local.Doctor;

/// <summary>Everything that is looked at on the way to an exchange.</summary>
/// <param name="venue">Which exchange; the simulated one is started for it.</param>
/// <param name="options">How it is reached.</param>
/// <param name="environment">Keys, and the proxy's password.</param>
/// <param name="ban">A ban that a run met holds here too: a call during it makes it longer.</param>
/// <param name="time">Wall time.</param>
internal sealed class Checkup(
    ExchangeVenue venue, BotOptions options, IReadOnlyDictionary<string, string> environment, IBanMemory ban, TimeProvider time)
{
    public async Task RunAsync(List<Finding> findings, CancellationToken cancel = default)
    {
        await using var simulated = venue == ExchangeVenue.Simulated
            ? await SimulatedExchange.StartAsync(new(), time, logs: null, cancel)
            : null;
        var keys = simulated is null ? KeyCheck.Read(options.Mode, environment, findings) : BinanceKeys.Simulator;
        var addresses = simulated is null
            ? ExchangeAddresses.For(venue, options.Exchange)
            : ExchangeAddresses.OnLoopback(simulated.Rest.Port);
        try
        {
            using var exchange = new BinanceExchange(
                new(addresses, keys, options.Exchange, new BanAlone(ban), new Silent(), NullLoggerFactory.Instance, time)
                {
                    Proxy = simulated is null ? ExchangeProxy.From(options.Exchange, environment) : null,
                });
            await LookAsync(exchange, keys is not null, findings, cancel);
        }
        catch (Exception wrong) when (wrong is NotSupportedException or IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            findings.Add(Finding.Fault("keys", $"{wrong.Message}", "Use an HMAC key, or an RSA key in PEM (PKCS#8) that this user can read"));
        }
    }

    private async Task LookAsync(BinanceExchange exchange, bool hasKeys, List<Finding> findings, CancellationToken cancel)
    {
        if (await new ExchangeCheck(exchange, options, venue, time).RunAsync(findings, cancel))
        {
            if (hasKeys) await KeyCheck.RunAsync(exchange, options.Mode, findings, cancel);
            await new StreamCheck(exchange, new(exchange.Proxy, time)).RunAsync(hasKeys, findings, cancel);
        }

        findings.Add(await ArchiveCheck.RunAsync(exchange, options.Exchange, time, cancel));
    }

    /// <summary>What a run has used of the limits is kept for the next run, and not for this.</summary>
    private sealed class BanAlone(IBanMemory ban) : IBanMemory
    {
        public Task<long> LoadAsync(CancellationToken cancel = default) => ban.LoadAsync(cancel);

        public Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default) => ban.SaveAsync(bannedUntilMs, cancel);
    }

    /// <summary>A look at things tells nobody else.</summary>
    private sealed class Silent : IAlerts
    {
        public void Raise(Alert alert)
        {
        }
    }
}
