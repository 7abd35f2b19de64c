using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Doctor;

/// <summary>Does each route of the streams bring data?</summary>
internal sealed class StreamCheck(BinanceExchange exchange, StreamProbe probe)
{
    private const string Area = "streams";

    // Both send several times a second, or once, whatever is traded.
    private static readonly (StreamRoute Route, StreamName Stream)[] Steady =
        [(StreamRoute.Public, StreamName.Depth(Symbol.Btc)), (StreamRoute.Market, StreamName.MarkPrice(Symbol.Btc))];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task RunAsync(bool hasKeys, List<Finding> findings, CancellationToken cancel)
    {
        foreach (var (route, stream) in Steady)
        {
            var (outcome, after, detail) = await probe.RunAsync(AddressOf(route), StreamTable.Default.TextOf(stream), Patience, cancel);
            findings.Add(outcome switch
            {
                StreamProbe.Outcome.Delivered => Finding.Ok(Area, $"/{Name(route)} brings data, the first after {after.TotalMilliseconds:0} ms"),
                StreamProbe.Outcome.Silent => Finding.Fault(
                    Area, $"/{Name(route)} acknowledges the subscription and stays silent for {Patience.TotalSeconds} seconds",
                    "The exchange may have moved the stream to another route, or exchange.streams is of an old server: a newer version may know"),
                StreamProbe.Outcome.Refused => Finding.Fault(Area, $"/{Name(route)}: {detail}", "See exchange.streams and exchange.proxy"),
                _ => Finding.Fault(Area, $"/{Name(route)} cannot be reached ({detail})", AdviceFor(detail)),
            });
        }

        if (hasKeys) findings.Add(await PrivateAsync(cancel));
        else findings.Add(Finding.Ok(Area, $"/private was not tried: there are no keys"));
    }

    private async Task<Finding> PrivateAsync(CancellationToken cancel)
    {
        try
        {
            var key = await exchange.Rest.CreateListenKeyAsync(cancel);
            var (outcome, _, detail) = await probe.RunAsync(AddressOf(StreamRoute.Private), key.Reveal(), TimeSpan.FromSeconds(3), cancel);
            return outcome is StreamProbe.Outcome.Delivered or StreamProbe.Outcome.Silent
                ? Finding.Ok(Area, $"/private takes the listen key; events come when the account does something")
                : Finding.Fault(Area, $"/private: {detail}", AdviceFor(detail));
        }
        catch (ExchangeException wrong)
        {
            return Finding.Fault(Area, $"there is no listen key for /private: {wrong.Message}", ExchangeCheck.AdviceFor(wrong.Fault));
        }
    }

    private static string AdviceFor(string detail) => ExchangeCheck.AdviceFor(
        detail is "HTTP 403" or "HTTP 451" ? ExchangeFault.Forbidden : ExchangeFault.Unreachable);

    private static string Name(StreamRoute route) => route.ToString().ToLowerInvariant();

    private Uri AddressOf(StreamRoute route) => StreamTable.AddressOf(exchange.Addresses.Streams, route);
}
