using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Doctor;

/// <summary>Does the exchange answer here, what time does it have, and what does it list?</summary>
internal sealed class ExchangeCheck(BinanceExchange exchange, BotOptions options, ExchangeVenue venue, TimeProvider time)
{
    private const string Area = "exchange";
    private const string ClockArea = "clock";

    // Signed requests are refused when they are a second ahead; we correct, but a clock that is this wrong drifts.
    private static readonly TimeSpan OffsetMax = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    /// <returns>False when the exchange cannot be reached, so that nothing else of it need be tried.</returns>
    public async Task<bool> RunAsync(List<Finding> findings, CancellationToken cancel)
    {
        try
        {
            await WithinAsync(stop => exchange.StartAsync(stop), cancel);
            findings.Add(Finding.Ok(Area, $"{exchange.Addresses.Rest.Authority} answers"));
            findings.Add(Clock());
            await ListAsync(findings, cancel);
            return true;
        }
        catch (ExchangeException wrong)
        {
            findings.Add(Finding.Fault(Area, $"{exchange.Addresses.Rest.Authority} does not answer as it should: {wrong.Message}", AdviceFor(wrong)));
            return false;
        }
        catch (TimeoutException)
        {
            findings.Add(Late());
            return false;
        }
    }

    /// <summary>What to do about what the exchange answered.</summary>
    public static string AdviceFor(ExchangeException wrong) => wrong.Fault == ExchangeFault.Forbidden && wrong.Message.Contains("HTTP 451", StringComparison.Ordinal)
        ? "451 says that Binance does not serve the country of this address (the United States, Canada, the Netherlands and others): "
            + "run it from another place, or name a proxy in exchange.proxy"
        : wrong.Fault == ExchangeFault.Forbidden && wrong.Message.Contains("HTTP 403", StringComparison.Ordinal)
            ? "403 is a firewall, of Binance or of a proxy on the way: run it from another address, or name a proxy in exchange.proxy"
            : AdviceFor(wrong.Fault);

    /// <summary>What to do about a fault of the exchange.</summary>
    public static string AdviceFor(ExchangeFault fault) => fault switch
    {
        ExchangeFault.Forbidden =>
            "403 is a firewall, of Binance or of a proxy on the way; 451 says that Binance does not serve the country of this address "
            + "(the United States, Canada, the Netherlands and others). Run it from another place, or name a proxy in exchange.proxy. "
            + "With codes -2014 and -2015 it is the key: its address list, its permissions, or a key of another exchange",
        ExchangeFault.Banned => "Wait until the ban ends and start nothing else from this address: each call makes it longer",
        ExchangeFault.Limited => "Other programs behind this address use the limit too; lower exchange.weight_share",
        ExchangeFault.Unreachable => "See whether this machine has a network and a name server, and whether exchange.proxy is right",
        ExchangeFault.Malformed => "Something else answers at this address: see exchange.rest and exchange.proxy",
        _ => "Try again in some minutes; see https://www.binance.com/en/support for maintenance",
    };

    private Finding Late() =>
        exchange.Budget.Read() is { BanLeft: { } left }
            ? Finding.Fault(Area, $"this address is banned for another {TextOf(left)}, until {time.GetUtcNow() + left:yyyy-MM-dd HH:mm:ss} UTC", AdviceFor(ExchangeFault.Banned))
            : Finding.Fault(Area, $"{exchange.Addresses.Rest.Authority} gave no answer in {AnswerMax.TotalSeconds} seconds", AdviceFor(ExchangeFault.Unreachable));

    private static string TextOf(TimeSpan left) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{(left.TotalDays >= 1 ? $"{left.Days} d " : "")}{(left.TotalHours >= 1 ? $"{left.Hours} h " : "")}{left.Minutes} min {left.Seconds} s");

    private Finding Clock()
    {
        var uncertainty = exchange.Clock.UncertaintyMs;
        if (venue == ExchangeVenue.Simulated) return Finding.Ok(ClockArea, $"the exchange's clock can be read, to {uncertainty:0.0} ms");
        var offset = exchange.Clock.Offset ?? TimeSpan.Zero;
        FormattableString text = $"the exchange's clock is {offset.TotalMilliseconds:+0;-0;0} ms off this machine's, known to {uncertainty:0.0} ms";
        return offset.Duration() <= OffsetMax
            ? Finding.Ok(ClockArea, text)
            : Finding.Warning(ClockArea, text, "Requests are corrected for it; set the machine's clock by NTP all the same");
    }

    private async Task ListAsync(List<Finding> findings, CancellationToken cancel)
    {
        var info = await WithinAsync(stop => exchange.Rest.ExchangeInfoAsync(RequestLane.MarketData, stop), cancel);
        var volumes = await WithinAsync(exchange.Market.QuoteVolumesAsync, cancel);
        var universe = new SymbolUniverse(options.Universe).Refresh(info.Symbols, volumes, _ => false);
        findings.Add(universe.Symbols.Any(one => one.Symbol == Symbol.Btc)
            ? Finding.Ok(Area, $"{info.Symbols.Count} contracts are listed, {universe.Symbols.Count} of them fit the universe")
            : Finding.Fault(Area, $"{Symbol.Btc} does not trade here", "Every decision asks for BTC's trend: see exchange.rest, and universe.removed"));
        if (info.LeftOut.Count > 0)
            findings.Add(Finding.Warning(Area, $"{info.LeftOut.Count} contracts cannot be read, the first: {info.LeftOut[0]}", "They are left out; a newer version may know them"));
        var weight = info.Limits.FirstOrDefault(limit => limit.Type == "REQUEST_WEIGHT" && limit.Interval == TimeSpan.FromMinutes(1)).Limit;
        if (weight > 0 && weight != options.Exchange.WeightPerMinute)
        {
            findings.Add(Finding.Warning(
                Area, $"the exchange allows a weight of {weight} per minute, and exchange.weight_per_minute is {options.Exchange.WeightPerMinute}",
                "Set it to what the exchange says"));
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(AnswerMax, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await ask(ends.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private Task WithinAsync(Func<CancellationToken, Task> ask, CancellationToken cancel) => WithinAsync(
        async stop =>
        {
            await ask(stop);
            return true;
        },
        cancel);
}
