using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Sessions;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Simulator;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Running;

/// <summary>The simulated exchange of a run: started here, and then spoken to over its sockets like any other.</summary>
internal sealed class OwnExchange : IOwnExchange
{
    private const long DayMs = 86_400_000;

    private readonly SimulatedExchange _exchange;

    private OwnExchange(SimulatedExchange exchange, RunIdentity identity) => (_exchange, Identity) = (exchange, identity);

    /// <summary>What the run on it is.</summary>
    public RunIdentity Identity { get; }

    public ExchangeAddresses Addresses => ExchangeAddresses.OnLoopback(_exchange.Rest.Port);

    public long NowMs => _exchange.NowMs;

    /// <param name="settings">Seed, speed and span of the market.</param>
    /// <param name="known">The run that is gone on with; null for a new one.</param>
    /// <param name="resumeMs">Its last committed closing time; null for none.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="logs">Where the exchange logs.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<OwnExchange> StartAsync(
        RunSettings settings, RunIdentity? known, long? resumeMs, TimeProvider time, ILoggerFactory logs, CancellationToken cancel)
    {
        var identity = known ?? IdentityOf(settings, time);
        var exchange = await SimulatedExchange.StartAsync(
            new()
            {
                Seed = identity.Seed,
                MarketStartMs = identity.StartMs,
                StartAtMs = resumeMs is { } at && at > identity.LiveFromMs ? at : identity.LiveFromMs,
                Speed = settings.Speed,
                Held = true,
            },
            time, logs, cancel);
        return new(exchange, identity);
    }

    public void Release() => _exchange.Release();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    /// <summary>A market that reaches the present at its first live moment, with the past that the indicators need.</summary>
    private static RunIdentity IdentityOf(RunSettings settings, TimeProvider time)
    {
        var market = settings.Bot.SimulatedMarket;
        var liveFrom = TimeFrame.M1.OpenOf(settings.FromMs ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        var decideFrom = TimeFrame.M15.OpenOf(liveFrom - (market.ReplayDays * DayMs));
        var start = TimeFrame.D1.OpenOf(decideFrom - (market.WarmupDays * DayMs));
        return new("simulated", settings.Seed ?? market.Seed, "", start, decideFrom, liveFrom);
    }
}
