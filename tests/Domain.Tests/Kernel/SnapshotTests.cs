using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>A run cut anywhere, saved and restored goes on as if nothing had happened.</summary>
public sealed class SnapshotTests
{
    private const int Cuts = 12;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Restore_AtRandomTimes_GoesOnBitIdentically(int seed, bool withMinutes)
    {
        var feed = KernelMarket.Feed;
        var batches = feed.Batches(withMinutes: withMinutes).ToArray();
        var random = new Random(seed);
        var cuts = Enumerable.Range(0, Cuts).Select(_ => random.Next(batches.Length)).Order().ToArray();
        var (whole, transcript) = Start();
        var (restored, continued) = Start();
        for (var i = 0; i < batches.Length; i++)
        {
            whole.Feed(batches[i]);
            restored.Feed(batches[i]);
            if (!cuts.Contains(i)) continue;

            var snapshot = StateSaver.Save(restored.Pipeline);
            restored = new(KernelMarket.Options, feed.Listings, continued);
            StateRestorer.Restore(restored.Pipeline, snapshot);
            Assert.True(
                snapshot.AsSpan().SequenceEqual(StateSaver.Save(restored.Pipeline)),
                $"seed {seed}, cut after {batches[i].CloseMs}: saving what was restored gave other bytes");
        }

        Assert.Equal(transcript.Lines.Count, continued.Lines.Count);
        for (var i = 0; i < transcript.Lines.Count; i++)
        {
            Assert.True(
                transcript.Lines[i] == continued.Lines[i],
                $"seed {seed}, cuts {string.Join(' ', cuts)}: '{continued.Lines[i]}' was '{transcript.Lines[i]}'");
        }

        Assert.Equal(StateSaver.Save(whole.Pipeline), StateSaver.Save(restored.Pipeline));
    }

    [Fact]
    public void Restore_IntoAPipelineOfOtherSymbols_IsRefused()
    {
        var (run, _) = Start();
        var snapshot = StateSaver.Save(run.Pipeline);
        var other = new KernelRun(KernelMarket.Options, [.. KernelMarket.Feed.Listings.Take(2)], new Transcript());

        Assert.Throws<SnapshotException>(() => StateRestorer.Restore(other.Pipeline, snapshot));
    }

    [Fact]
    public void Restore_FromACutShortSnapshot_IsRefused()
    {
        var (run, _) = Start();
        run.FeedAll(KernelMarket.Feed.Batches(GeneratedFeed.StartMs + TimeFrame.D1.Ms()));
        var snapshot = StateSaver.Save(run.Pipeline);
        var (fresh, _) = Start();

        Assert.Throws<SnapshotException>(() => StateRestorer.Restore(fresh.Pipeline, snapshot.AsMemory(0, snapshot.Length - 1)));
    }

    private static (KernelRun Run, Transcript Transcript) Start()
    {
        var transcript = new Transcript();
        return (new(KernelMarket.Options, KernelMarket.Feed.Listings, transcript), transcript);
    }
}
