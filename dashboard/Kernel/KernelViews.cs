using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>What every host shows of the kernel in the same words: the volume profile and notes on flow.</summary>
public static class KernelViews
{
    /// <summary>The profile with its bins; null while it is unavailable.</summary>
    public static ProfileView? Of(RollingVolumeProfile profile, long nowMs)
    {
        var reading = profile.Current;
        return reading.IsAvailable && profile.FromMs is { } fromMs
            ? new(
                reading.Poc, reading.Val, reading.Vah, fromMs, nowMs,
                [.. profile.Histogram().Select(bin => new ProfileBinView(bin.Low, bin.High, bin.Volume))])
            : null;
    }

    /// <summary>Why there may be no profile.</summary>
    public static string NoProfile(ProfileOptions options) => options.Window == ProfileWindow.Session
        ? "no session is on, or it is not known from its start, or it has fewer than 10 bins"
        : $"the window of {options.WindowHours} hours is not full or has fewer than 10 bins";

    /// <summary>What no strategy asks but a reader may want to know.</summary>
    public static IReadOnlyList<string> NotesOf(MarketView view)
    {
        var notes = new List<string>();
        foreach (var side in (Side[])[Side.Long, Side.Short])
        {
            if (view.M15.IsEmpty || CvdDivergence.Of(view.M15.Bars, view.SwingsM15, side) != true) continue;
            var ends = side == Side.Short ? view.SwingsM15.Highs : view.SwingsM15.Lows;
            var (later, earlier) = (view.SwingsM15.LastIndex - ends.Ago(0).BarIndex, view.SwingsM15.LastIndex - ends.Ago(1).BarIndex);
            var (price, flow) = side == Side.Short ? ("a higher high", "a lower one") : ("a lower low", "a higher one");
            notes.Add($"CVD divergence, speaks for {(side == Side.Short ? "short" : "long")}: {later} bars ago price made {price} "
                + $"than {earlier} bars ago, volume delta {flow} (15m)");
        }

        return notes;
    }
}
