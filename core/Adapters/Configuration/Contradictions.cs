using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Settings that are each allowed and together are not.</summary>
internal static class Contradictions
{
    private const string Source = "settings together";

    public static IEnumerable<ConfigurationFault> In(BotOptions options)
    {
        var (kernel, sweep) = (options.Kernel, options.Kernel.Strategies.LiquiditySweep.Options);
        (string Path, ExitOptions Exits)[] exits =
        [
            ("exits", kernel.Exits), ("action_price_exits", kernel.ActionPriceExits), ("action_price_scalp_exits", kernel.ActionPriceScalpExits),
        ];
        return exits.SelectMany(exit => OfExits(exit.Path, exit.Exits))
            .Concat(OfAddresses(options))
            .Concat(OfIds("telegram.chats", options.Telegram.Chats))
            .Concat(OfIds("telegram.users", options.Telegram.Users))
            .Concat(OfWebhook(options.Telegram))
            .Concat(Above(
                "telegram.outbox.retry_longest_ms", options.Telegram.Outbox.RetryLongestMs,
                "telegram.outbox.retry_first_ms", options.Telegram.Outbox.RetryFirstMs))
            .Concat(OfRetention(options))
            .Concat(OfStorage(options.Storage))
            .Concat(OfSidecar(options.Sidecar))
            .Concat(OfSymbols("universe.added", options.Universe.Added))
            .Concat(OfSymbols("universe.removed", options.Universe.Removed))
            .Concat(Above("exchange.retry_longest_ms", options.Exchange.RetryLongestMs, "exchange.retry_first_ms", options.Exchange.RetryFirstMs))
            .Concat(Above("streams.backoff_longest_seconds", options.Streams.BackoffLongestSeconds, "streams.backoff_first_seconds", options.Streams.BackoffFirstSeconds))
            .Concat(Above("risk.stop_max_atr", kernel.Risk.StopMaxAtr, "risk.stop_min_atr", kernel.Risk.StopMinAtr))
            .Concat(Above("analysis.regime.adx_enter", kernel.Analysis.Regime.AdxEnter, "analysis.regime.adx_leave", kernel.Analysis.Regime.AdxLeave))
            .Concat(Above("strategies.liquidity_sweep.swing_age_max", sweep.SwingAgeMax, "strategies.liquidity_sweep.swing_age_min", sweep.SwingAgeMin))
            .Concat(Above("scoring.open_interest_max", kernel.Scoring.OpenInterestMax, "scoring.open_interest_min", kernel.Scoring.OpenInterestMin))
            .Concat(Above(
                "strategies.action_price.standard_score", kernel.Strategies.ActionPrice.Options.StandardScore,
                "strategies.action_price.scalp_score", kernel.Strategies.ActionPrice.Options.ScalpScore))
            .Concat(Above(
                "strategies.ma_vwap_pullback.retrace_max", kernel.Strategies.MaVwapPullback.Options.RetraceMax,
                "strategies.ma_vwap_pullback.retrace_min", kernel.Strategies.MaVwapPullback.Options.RetraceMin));
    }

    private static IEnumerable<ConfigurationFault> OfExits(string path, ExitOptions exits)
    {
        if (exits.Target2R <= exits.Target1R)
            yield return new($"{path}.target2_r", Source, $"value {exits.Target2R} is not allowed; it must be above {path}.target1_r = {exits.Target1R}");
        if (exits.Fraction1 + exits.Fraction2 > 1)
            yield return new($"{path}.fraction2", Source, $"value {exits.Fraction2} is not allowed; with {path}.fraction1 = {exits.Fraction1} it must be at most 1");
    }

    private static IEnumerable<ConfigurationFault> OfAddresses(BotOptions options)
    {
        var (exchange, telegram) = (options.Exchange, options.Telegram);
        (string Path, string Text, string[] Schemes)[] addresses =
        [
            ("exchange.rest", exchange.Rest, ["http", "https"]), ("exchange.streams", exchange.Streams, ["ws", "wss"]),
            ("exchange.archive", exchange.Archive, ["http", "https"]), ("exchange.spot", exchange.Spot, ["http", "https"]),
            ("exchange.proxy", exchange.Proxy, ["http", "socks5"]),
            ("telegram.base_address", telegram.BaseAddress, ["http", "https"]), ("telegram.proxy", telegram.Proxy, ["http", "socks5"]),
        ];
        foreach (var (path, text, schemes) in addresses)
        {
            if (text.Length > 0 && ExchangeAddresses.Fault(text, schemes) is { } fault)
                yield return new(path, Source, $"value is not allowed; it {fault}");
        }
    }

    private static IEnumerable<ConfigurationFault> OfIds(string path, string list) =>
        TelegramIds.Unreadable(list).Select(word =>
            new ConfigurationFault(path, Source, $"value '{word}' is not allowed; whole numbers are, separated by commas"));

    private static IEnumerable<ConfigurationFault> OfWebhook(TelegramOptions telegram)
    {
        if (telegram.BaseAddress.Length == 0) yield return new("telegram.base_address", Source, "value is not allowed; an address is needed");
        if (telegram.Webhook.Length > 0 && !(Uri.TryCreate(telegram.Webhook, UriKind.Absolute, out var address) && address.Scheme == "https"))
            yield return new("telegram.webhook", Source, "value is not allowed; it is no address that begins with https://");
    }

    private static IEnumerable<ConfigurationFault> OfStorage(StorageOptions storage)
    {
        if (storage.Prefix.Length is < 3 or > 40 || !char.IsAsciiLetterLower(storage.Prefix[0]) || !storage.Prefix.All(IsSmall))
            yield return new("storage.prefix", Source, $"value '{storage.Prefix}' is not allowed; 3 to 40 small letters and digits, a letter first, are");
        if (storage.Account.Length > 0 && (storage.Account.Length is < 3 or > 24 || !storage.Account.All(IsSmall)))
            yield return new("storage.account", Source, $"value '{storage.Account}' is not allowed; 3 to 24 small letters and digits are");
        if (storage is { Kind: StorageKind.Azure, Account.Length: 0 })
            yield return new("storage.account", Source, "value is empty; storage.kind = azure needs the name of the account");
        if (storage.ClientId.Length > 0 && !Guid.TryParse(storage.ClientId, out _))
            yield return new("storage.client_id", Source, "value is not allowed; the client id of an identity is a GUID");
        static bool IsSmall(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);
    }

    private static IEnumerable<ConfigurationFault> OfSidecar(SidecarOptions sidecar)
    {
        // Two seconds before its end a lease is given up, and a renewal that fails wants to be tried again.
        if (sidecar.LeaseSeconds < sidecar.LeaseRenewSeconds + 5)
        {
            yield return new(
                "sidecar.lease_seconds", Source,
                $"value {sidecar.LeaseSeconds} is not allowed; it must be at least 5 above sidecar.lease_renew_seconds = {sidecar.LeaseRenewSeconds}");
        }

        foreach (var fault in Above(
                     "sidecar.command_sweep_seconds", sidecar.CommandSweepSeconds, "sidecar.command_poll_seconds", sidecar.CommandPollSeconds))
            yield return fault;
    }

    private static IEnumerable<ConfigurationFault> OfRetention(BotOptions options)
    {
        var (warmup, kept) = (options.Ingestion.Warmup, options.Retention.CandleDays);
        (string Name, int Bars, TimeFrame Frame)[] frames =
        [
            ("bars15m", warmup.Bars15m, TimeFrame.M15), ("bars1h", warmup.Bars1h, TimeFrame.H1),
            ("bars4h", warmup.Bars4h, TimeFrame.H4), ("bars1d", warmup.Bars1d, TimeFrame.D1),
        ];
        foreach (var (name, bars, frame) in frames)
        {
            var days = Math.Ceiling(bars * frame.Minutes() / (double)TimeFrame.D1.Minutes());
            if (days <= kept) continue;
            yield return new(
                $"ingestion.warmup.{name}", Source,
                $"value {bars} is not allowed; it is {days} days, and retention.candle_days = {kept} keeps less: each start would load them anew");
        }
    }

    private static IEnumerable<ConfigurationFault> OfSymbols(string path, string list) =>
        SymbolUniverse.Unreadable(list).Select(name =>
            new ConfigurationFault(path, Source, $"value '{name}' is not allowed; symbols such as BTCUSDT are, separated by commas"));

    private static IEnumerable<ConfigurationFault> Above(string path, double value, string lowerPath, double lower)
    {
        if (value < lower)
            yield return new(path, Source, $"value {value} is not allowed; it must be at least {lowerPath} = {lower}");
    }
}
