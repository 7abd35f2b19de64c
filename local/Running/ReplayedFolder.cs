using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Local.Running;

/// <summary>Recorded candles as the market of a run, new or going on.</summary>
internal static class ReplayedFolder
{
    public static (RunIdentity Identity, IMarketFeed Feed) Open(RunSettings settings, RunIdentity? known)
    {
        var source = KlineFolder.Scan(settings.Data!);
        if (source.Series.Count == 0) throw new InvalidDataException($"There are no kline files in '{settings.Data}'");
        return (known ?? New(settings, source), new ReplayFeed(source));
    }

    private static RunIdentity New(RunSettings settings, KlineFolder source)
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
