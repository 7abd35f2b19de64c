using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

public sealed class FollowerStoreTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_ACommitIsBeingWritten_WaitsForItsEnd()
    {
        var (source, time) = (new MemorySignalStore(new MemoryCandleStore()), new ManualTime());
        await source.CommitAsync(Commit(1), Cancel);
        source.UnderWay = 2;

        var reading = FollowerStore.ReadAsync(source, time, Cancel);
        time.Advance(Pause);
        Assert.False(reading.IsCompleted);
        await source.CommitAsync(Commit(2), Cancel);   // both snapshots are of the second commit from here on
        while (!reading.IsCompleted) time.Advance(Pause);

        var read = await reading;
        Assert.Equal((byte?)2, await KernelOfAsync(read));
        Assert.Null(await KernelOfAsync(read));   // handed over once
        Assert.Equal(2, (await read.LoadSnapshotAsync("feed", Cancel))!.Bytes.Span[0]);
    }

    [Fact]
    public async Task ReadAsync_ACommitIsNeverEnded_ReadsWhatIsThere()
    {
        var (source, time) = (new MemorySignalStore(new MemoryCandleStore()), new ManualTime());
        await source.CommitAsync(Commit(1), Cancel);
        source.UnderWay = int.MaxValue;

        var reading = FollowerStore.ReadAsync(source, time, Cancel);
        var tries = 0;
        for (; !reading.IsCompleted; tries++) time.Advance(Pause);

        Assert.Equal((byte?)1, await KernelOfAsync(await reading));
        Assert.InRange(tries, FollowerStore.ReadsMax - 1, FollowerStore.ReadsMax);
    }

    private static async Task<byte?> KernelOfAsync(FollowerStore read)
    {
        if (await read.LoadPiecesAsync("kernel", Cancel) is not { Length: 1 } pieces) return null;
        var first = new byte[1];
        pieces.Read(first);
        return first[0];
    }

    private static StateChange Commit(byte number) => new()
    {
        Snapshots = [new("kernel", 1, 0, new byte[] { number }), new("feed", 1, 0, new byte[] { number })],
    };
}
