using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Local.Doctor;
using FuturesBot.Simulator;
using Xunit;

namespace FuturesBot.Local.Tests.Doctor;

public sealed class StreamProbeTests : IAsyncLifetime
{
    private readonly StreamProbe _probe = new(proxy: null, TimeProvider.System);
    private SimulatedExchange _exchange = null!;

    public async ValueTask InitializeAsync() => _exchange = await SimulatedExchange.StartAsync(new(), TimeProvider.System, null, default);

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task Run_RightRoute_Delivers() =>
        Assert.Equal(StreamProbe.Outcome.Delivered, await OutcomeAsync(StreamRoute.Public, "btcusdt@depth@100ms", seconds: 120));

    [Fact]
    public async Task Run_WrongRoute_IsAcknowledgedAndSilent() =>
        Assert.Equal(StreamProbe.Outcome.Silent, await OutcomeAsync(StreamRoute.Market, "btcusdt@depth@100ms", seconds: 1));

    [Fact]
    public async Task Run_NobodyThere_IsUnreachable()
    {
        var (outcome, _, _) = await _probe.RunAsync(new("ws://127.0.0.1:1/public/stream"), "btcusdt@depth", TimeSpan.FromSeconds(20), default);
        Assert.Equal(StreamProbe.Outcome.Unreachable, outcome);
    }

    private async Task<StreamProbe.Outcome> OutcomeAsync(StreamRoute route, string stream, int seconds) =>
        (await _probe.RunAsync(StreamTable.AddressOf(_exchange.Streams, route), stream, TimeSpan.FromSeconds(seconds), default)).Outcome;
}
