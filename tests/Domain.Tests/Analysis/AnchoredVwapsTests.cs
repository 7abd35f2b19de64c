using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class AnchoredVwapsTests
{
    private static readonly GeneratedFeed Feed = new(seed: 11, days: 30, symbols: 1);

    [Fact]
    public void Update_AtEveryBar_IsTheMeanOfTheBarsSinceTheAnchor()
    {
        var (hour, fourHours) = (new AnchoredVwapTracker(AnchoredVwapOptions.Hour), new AnchoredVwapTracker(AnchoredVwapOptions.FourHours));
        var vwaps = new AnchoredVwaps();
        var seen = new List<Candle>();
        var (fromHour, fromFour, furthest) = (0, 0, 0);
        foreach (var (frame, bar) in Candles())
        {
            vwaps.Update(frame, bar);
            if (frame == TimeFrame.H1) hour.UpdateHigher(bar);
            if (frame == TimeFrame.H4) fourHours.UpdateHigher(bar);
            if (frame != TimeFrame.M15) continue;
            seen.Add(bar);
            fromHour += Check(hour, vwaps.Hour, seen, ref furthest);
            fromFour += Check(fourHours, vwaps.FourHours, seen, ref furthest);
        }

        Assert.InRange(fromHour, 500, int.MaxValue);
        Assert.InRange(fromFour, 500, int.MaxValue);
        Assert.InRange(furthest, FrameStudies.Keep + 1, AnchoredVwaps.Keep);   // further back than strategies look
    }

    [Fact]
    public void View_OnlyWhereStudied_HasThem()
    {
        var studied = Lived(study: true);
        var plain = Lived(study: false);

        Assert.True(studied.View.AnchoredVwapHour.IsAvailable || studied.View.AnchoredVwapFourHours.IsAvailable);
        Assert.Equal(VwapReading.Unavailable, plain.View.AnchoredVwapHour);
        Assert.Equal(VwapReading.Unavailable, plain.View.AnchoredVwapFourHours);
        Assert.True(StateSaver.Save(plain.Analysis).Length < StateSaver.Save(studied.Analysis).Length);
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically()
    {
        var candles = Candles().ToArray();
        var whole = new AnchoredVwaps();
        var cut = new AnchoredVwaps();
        for (var i = 0; i < candles.Length; i++)
        {
            whole.Update(candles[i].Frame, candles[i].Bar);
            cut.Update(candles[i].Frame, candles[i].Bar);
            Assert.Equal((whole.Hour, whole.FourHours), (cut.Hour, cut.FourHours));
            if (i % 397 != 0) continue;
            var snapshot = StateSaver.Save(cut);
            cut = new();
            StateRestorer.Restore(cut, snapshot);
        }

        Assert.Equal(StateSaver.Save(whole), StateSaver.Save(cut));
    }

    private static int Check(AnchoredVwapTracker anchors, in VwapReading found, List<Candle> seen, ref int furthest)
    {
        if (!anchors.HasAnchor)
        {
            Assert.False(found.IsAvailable);
            return 0;
        }

        var since = seen.FindAll(bar => bar.OpenTimeMs >= anchors.Anchor.TimeMs);
        furthest = Math.Max(furthest, since.Count);
        Assert.Equal(since.Sum(bar => bar.Typical * bar.Volume) / since.Sum(bar => bar.Volume), found.Value, precision: 6);
        return 1;
    }

    private static (SymbolAnalysis Analysis, MarketView View) Lived(bool study)
    {
        var analysis = new SymbolAnalysis(Feed.Listings[0].Symbol, Feed.Listings[0].Rules.TickSize, new() { StudyAnchoredVwap = study });
        foreach (var (frame, bar) in Candles()) analysis.Update(frame, bar);
        return (analysis, new(analysis));
    }

    private static IEnumerable<(TimeFrame Frame, Candle Bar)> Candles() =>
        Feed.Batches().SelectMany(batch => batch.Candles).Select(candle => (candle.Frame, candle.Candle));
}
