using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Doctor;

/// <summary>Does the archive of candle files answer here? Without it the past costs request weight.</summary>
internal static class ArchiveCheck
{
    private const string Area = "archive";

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    /// <param name="exchange">Where it is.</param>
    /// <param name="options">How it is reached.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Finding> RunAsync(
        BinanceExchange exchange, ExchangeOptions options, TimeProvider time, CancellationToken cancel)
    {
        var address = exchange.Addresses.Archive;
        using var http = VisionHttp.Create(options, exchange.Proxy);
        var client = new VisionClient(http, address, new() { FileTimeout = AnswerMax }, time);
        var day = ArchivePeriod.DayOf(exchange.Clock.NowMs - (2 * TimeFrame.D1.Ms()));
        try
        {
            var sha256 = await client.ChecksumAsync(VisionPath.Of(new(Symbol.Btc, TimeFrame.M15), day), cancel);
            return sha256 is not null
                ? Finding.Ok(Area, $"{address.Authority} has the files of {day}")
                : Finding.Warning(
                    Area, $"{address.Authority} answers, and has no file of {Symbol.Btc} for {day}",
                    "The past comes by request; see exchange.archive if this stays so");
        }
        catch (VisionException wrong)
        {
            return Finding.Warning(
                Area, $"{wrong.Message}", "The past comes by request, within the limits: a first start of 300 symbols takes some 8 minutes. See exchange.archive and exchange.proxy");
        }
    }
}
