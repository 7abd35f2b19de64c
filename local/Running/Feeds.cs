using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Local.Running;

/// <summary>Opens the feed of a run, new or going on.</summary>
internal static class Feeds
{
    public static (RunIdentity Identity, IMarketFeed Feed) Open(RunSettings settings, RunIdentity? known, TimeProvider time) =>
        settings.Exchange == "replay" ? Replay(settings, known) : Simulated(settings, known, time);

    private static (RunIdentity Identity, IMarketFeed Feed) Simulated(RunSettings settings, RunIdentity? known, TimeProvider time)
    {
        var identity = known ?? New(settings, time);
        return (identity, new GeneratedFeed(identity.Seed, identity.StartMs));
    }

    /// <summary>A market that reaches the present at its first live moment, with the past that the indicators need.</summary>
    private static RunIdentity New(RunSettings settings, TimeProvider time)
    {
        var market = settings.Bot.SimulatedMarket;
        var liveFrom = TimeFrame.M1.OpenOf(settings.FromMs ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        var decideFrom = TimeFrame.M15.OpenOf(liveFrom - (market.ReplayDays * TimeFrame.D1.Ms()));
        var start = TimeFrame.D1.OpenOf(decideFrom - (market.WarmupDays * TimeFrame.D1.Ms()));
        return new("simulated", settings.Seed ?? market.Seed, "", start, decideFrom, liveFrom);
    }

    private static (RunIdentity Identity, IMarketFeed Feed) Replay(RunSettings settings, RunIdentity? known)
    {
        var source = KlineFolder.Scan(settings.Data!);
        if (source.Series.Count == 0) throw new InvalidDataException($"There are no kline files in '{settings.Data}'");
        return (known ?? NewReplay(settings, source), new ReplayFeed(source));
    }

    private static RunIdentity NewReplay(RunSettings settings, KlineFolder source)
    {
        var series = source.Series[0];
        using var reader = source.Open(series);
        if (!reader.TryRead(out var first)) throw new InvalidDataException($"The files of {series} hold no candle");
        var last = first;
        while (reader.TryRead(out var next)) last = next;

        // As for the generated market; of shorter data half is history and a quarter is lived through at start.
        var market = settings.Bot.SimulatedMarket;
        var day = TimeFrame.D1.Ms();
        var span = last.CloseTimeMs(series.Frame) - first.OpenTimeMs;
        var warm = Math.Min(market.WarmupDays * day, span / 2);
        var lived = Math.Min(market.ReplayDays * day, span / 4);
        var liveFrom = settings.FromMs ?? first.OpenTimeMs + warm + lived;
        return new(
            "replay", 0, Path.GetFullPath(settings.Data!), first.OpenTimeMs,
            TimeFrame.M15.OpenOf(Math.Max(first.OpenTimeMs, liveFrom - lived)), TimeFrame.M1.OpenOf(liveFrom));
    }
}
