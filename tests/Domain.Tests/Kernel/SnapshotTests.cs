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

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 5_000)]
    public void Restore_FromPieces_ComesToTheSameState(int seed, int most)
    {
        var (run, _) = Start();
        run.FeedAll(KernelMarket.Feed.Batches(GeneratedFeed.StartMs + TimeFrame.D1.Ms()));
        var snapshot = StateSaver.Save(run.Pipeline);
        var (whole, _) = Start();
        var (cut, _) = Start();

        StateRestorer.Restore(whole.Pipeline, new SnapshotPieces(Pieces(snapshot, seed, most)));

        Assert.Equal(snapshot, StateSaver.Save(whole.Pipeline));
        Assert.Throws<SnapshotException>(() => StateRestorer.Restore(cut.Pipeline, new SnapshotPieces(Pieces(snapshot[..^1], seed, most))));
        Assert.Throws<SnapshotException>(() => StateRestorer.Restore(Start().Run.Pipeline, new SnapshotPieces([.. Pieces(snapshot, seed, most), new byte[1]])));
    }

    [Fact]
    public void Restore_FromPieces_LetsEachGoOnceItWasRead()
    {
        var (pieces, first, second) = TwoPieces();
        pieces.Read(stackalloc byte[1_001]);

        GC.Collect();

        Assert.False(first.IsAlive);
        Assert.True(second.IsAlive);
        Assert.Equal((1_001, 2_000), (pieces.At, pieces.Length));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (SnapshotPieces Pieces, WeakReference First, WeakReference Second) TwoPieces()
    {
        var (first, second) = (new byte[1_000], new byte[1_000]);
        return (new(first, second), new(first), new(second));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] snapshot, int seed, int most)
    {
        var random = new Random(seed);
        for (var at = 0; at < snapshot.Length;)
        {
            var count = Math.Min(snapshot.Length - at, random.Next(most + 1));   // none too
            yield return snapshot.AsMemory(at, count);
            at += count;
        }
    }

    private static (KernelRun Run, Transcript Transcript) Start()
    {
        var transcript = new Transcript();
        return (new(KernelMarket.Options, KernelMarket.Feed.Listings, transcript), transcript);
    }
}
