using System.IO.Compression;
using System.Net;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Adapters.Files;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Tests.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Vision;

public sealed class VisionArchiveTests : IDisposable
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly ArchivePeriod Day = new(new(2025, 8, 17), IsMonth: false);

    private readonly FakeVision _vision = new();
    private readonly TempFolder _folder = new();

    private static Candle[] Bars => GoldenMarket.Bars(96, openTimeMs: Day.FromMs);

    public void Dispose()
    {
        _vision.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]    // microseconds, as spot files are
    public async Task Read_File_GivesItsCandlesAndLeavesNoFile(bool header, bool micro)
    {
        Publish(KlineText.File(Bars, TimeFrame.M15, header, micro));

        var read = await ReadAsync();

        Assert.Equal(ArchiveState.Read, read.State);
        Assert.Equal(Bars, read.Candles);
        Assert.Equal((0, 64), (read.Refused, read.Sha256.Length));
        Assert.Empty(Directory.GetFiles(_folder["work"]));
    }

    [Fact]
    public async Task Read_VersionThatIsKnown_ReadsNothing()
    {
        Publish(KlineText.File(Bars, TimeFrame.M15));
        var first = await ReadAsync();
        _vision.Asked.Clear();

        Assert.Equal(ArchiveState.Same, (await ReadAsync(first.Sha256)).State);
        Assert.Equal(["BTCUSDT-15m-2025-08-17.zip.CHECKSUM"], _vision.Asked);
    }

    [Fact]
    public async Task Read_NotPublished_IsNotThere() => Assert.Equal(ArchiveState.NotThere, (await ReadAsync()).State);

    [Fact]
    public async Task Read_ImpossibleAndForeignRows_AreRefusedAndTheRestIsRead()
    {
        var bars = Bars;
        var foreign = bars[95] with { OpenTimeMs = Day.ToMs };
        Publish(KlineText.File([.. bars[..10], bars[10] with { High = 1 }, bars[9], .. bars[11..], foreign], TimeFrame.M15));

        var read = await ReadAsync();

        Assert.Equal([.. bars[..10], .. bars[11..]], read.Candles);
        Assert.Equal(3, read.Refused);
    }

    [Fact]
    public async Task Read_ZipBomb_IsRefused()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("BTCUSDT-15m-2025-08-17.csv").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 50; i++) entry.Write(zeros);
        }

        _vision.Publish(Btc15m, Day, memory.ToArray());

        var ratio = await ReadAsync();
        var size = await ReadAsync(limits: new() { Unpacked = new() { UnpackedBytesMax = 1 << 20 } });

        Assert.Equal((ArchiveState.Unusable, ArchiveState.Unusable), (ratio.State, size.State));
        Assert.Contains("200 times its size", ratio.Fault);
        Assert.Contains("1048576", size.Fault);
        Assert.Empty(Directory.GetFiles(_folder["work"]));
    }

    [Fact]
    public async Task Read_NotAZip_IsUnusable()
    {
        _vision.Publish(Btc15m, Day, new byte[500]);
        Assert.Equal(ArchiveState.Unusable, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Read_ArchiveIsAway_IsUnusableAndNotAnException()
    {
        _vision.Instead = _ => throw new HttpRequestException("no route to host");
        var read = await ReadAsync();
        Assert.Equal(ArchiveState.Unusable, read.State);
        Assert.Contains("no route to host", read.Fault);
    }

    [Fact]
    public async Task ToStore_SameFileTwice_IsReadOnce()
    {
        using var store = SqliteStore.Open(_folder["bot.db"]);
        Publish(KlineText.File(Bars, TimeFrame.M15));

        var first = await TakeAsync(store);
        var second = await TakeAsync(store);

        Assert.Equal((ArchiveState.Read, new RepairCounts(96, 0, 0, 0)), (first.State, first.Candles));
        Assert.Equal((ArchiveState.Same, default), (second.State, second.Candles));
        Assert.Equal(Bars, await store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task ToStore_RevisedFile_ReplacesWhatItSaysAnewAndKeepsTheRest()
    {
        using var store = SqliteStore.Open(_folder["bot.db"]);
        var bars = Bars;
        Publish(KlineText.File(bars[..90], TimeFrame.M15));
        await TakeAsync(store);
        await store.AppendAsync(Btc15m, bars.AsMemory(90));      // from the stream
        var mended = bars[..90].Select((bar, i) => i == 40 ? bar with { Close = bar.Open } : bar).ToArray();
        Publish(KlineText.File(mended, TimeFrame.M15));

        var taken = await TakeAsync(store);

        Assert.True(taken.IsRevised);
        Assert.Equal(new RepairCounts(Added: 0, Same: 89, Replaced: 1, Removed: 0), taken.Candles);
        Assert.Equal([.. mended, .. bars[90..]], await store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task ToStore_CandlesForgottenSince_AreReadAgain()
    {
        using var store = SqliteStore.Open(_folder["bot.db"]);
        Publish(KlineText.File(Bars, TimeFrame.M15));
        await TakeAsync(store);
        await store.ReplaceAsync(Btc15m, 0, Day.FromMs + 3_600_000, ReadOnlyMemory<Candle>.Empty);

        Assert.Equal(new RepairCounts(4, 92, 0, 0), (await TakeAsync(store)).Candles);
    }

    [Fact]
    public async Task ToStore_KilledBetweenCandlesAndNote_DoublesNothing()
    {
        using var store = SqliteStore.Open(_folder["bot.db"]);
        Publish(KlineText.File(Bars, TimeFrame.M15));
        await store.AppendAsync(Btc15m, Bars);                   // the note was never written

        var taken = await TakeAsync(store);

        Assert.Equal(new RepairCounts(0, 96, 0, 0), taken.Candles);
        Assert.False(taken.IsRevised);
        Assert.Equal(ArchiveState.Same, (await TakeAsync(store)).State);
    }

    [Fact]
    public async Task Mirror_Files_AreReadableByABacktestAndLeftAloneTheSecondTime()
    {
        Publish(KlineText.File(Bars, TimeFrame.M15));
        var mirror = new VisionMirror(_vision.Client(), _folder["out"]);

        var first = await mirror.TakeAsync(Btc15m, Day);
        var second = await mirror.TakeAsync(Btc15m, Day);
        var source = KlineFolder.Scan(_folder["out"]);

        Assert.Equal((ArchiveState.Read, ArchiveState.Same), (first.State, second.State));
        Assert.Equal(Btc15m, Assert.Single(source.Series));
        Assert.Empty(source.Skipped);
        using var reader = source.Open(Btc15m);
        Assert.True(reader.TryRead(out var candle));
        Assert.Equal(Bars[0], candle);
        var file = VisionPath.Of(Btc15m, Day).Under(_folder["out"]);
        Assert.Equal(
            $"{await VisionClient.HashAsync(file)}  BTCUSDT-15m-2025-08-17.zip\n",
            await File.ReadAllTextAsync(file + ".CHECKSUM"));
    }

    [Fact]
    public async Task Mirror_RevisedOrDamagedFile_IsReplaced()
    {
        Publish(KlineText.File(Bars, TimeFrame.M15));
        var mirror = new VisionMirror(_vision.Client(), _folder["out"]);
        await mirror.TakeAsync(Btc15m, Day);
        var zip = Publish(KlineText.File(Bars[..95], TimeFrame.M15));

        var revised = await mirror.TakeAsync(Btc15m, Day);

        Assert.Equal((ArchiveState.Read, true), (revised.State, revised.IsRevised));
        Assert.Equal(zip, await File.ReadAllBytesAsync(VisionPath.Of(Btc15m, Day).Under(_folder["out"])));
    }

    private byte[] Publish(string text) => _vision.Publish(Btc15m, Day, text, _folder);

    private Task<ArchiveRead> ReadAsync(string? known = null, VisionLimits? limits = null) =>
        Archive(limits).ReadAsync(Btc15m, Day, known);

    private Task<DownloadedFile> TakeAsync(SqliteStore store) => new ArchiveToStore(Archive(), store, store).TakeAsync(Btc15m, Day);

    private VisionArchive Archive(VisionLimits? limits = null) => new(_vision.Client(limits), _folder["work"], limits ?? new());
}
