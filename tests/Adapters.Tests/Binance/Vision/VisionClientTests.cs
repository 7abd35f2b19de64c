using System.Net;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Vision;

public sealed class VisionClientTests : IDisposable
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly ArchivePeriod Day = new(new(2025, 8, 17), IsMonth: false);
    private static readonly VisionPath DayPath = VisionPath.Of(Btc15m, Day);

    private readonly FakeVision _vision = new();
    private readonly TempFolder _folder = new();
    private readonly byte[] _zip = new byte[10_000];

    public VisionClientTests()
    {
        new Random(7).NextBytes(_zip);
        _vision.Publish(Btc15m, Day, _zip);
    }

    public void Dispose()
    {
        _vision.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Path_OfDayAndMonth_IsTheArchives()
    {
        Assert.Equal(
            "http://archive.test/data/futures/um/daily/klines/BTCUSDT/15m/BTCUSDT-15m-2025-08-17.zip.CHECKSUM",
            DayPath.Under(FakeVision.Address, ".CHECKSUM").AbsoluteUri);
        Assert.Equal(
            "http://archive.test/data/futures/um/monthly/klines/%E5%B8%81USDT/1d/%E5%B8%81USDT-1d-2026-01.zip",
            VisionPath.Of(new(Symbol.Parse("币USDT"), TimeFrame.D1), new(new(2026, 1, 1), IsMonth: true)).Under(FakeVision.Address).AbsoluteUri);
    }

    [Fact]
    public async Task Checksum_NotPublished_IsNull() =>
        Assert.Null(await _vision.Client().ChecksumAsync(VisionPath.Of(Btc15m, new(new(2025, 8, 18), IsMonth: false))));

    [Theory]
    [InlineData("")]
    [InlineData("<html>not here</html>")]
    [InlineData("abcdef  BTCUSDT-15m-2025-08-17.zip")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  BTCUSDT-15m-2025-08-18.zip")]
    public async Task Checksum_Rubbish_IsRefused(string text)
    {
        _vision.Instead = _ => new(HttpStatusCode.OK) { Content = new StringContent(text) };
        await Assert.ThrowsAsync<VisionException>(() => _vision.Client().ChecksumAsync(DayPath));
    }

    [Fact]
    public async Task Checksum_EndlessAnswer_IsReadNoFurtherThanItsBound()
    {
        var endless = new EndlessStream();
        _vision.Instead = _ => new(HttpStatusCode.OK) { Content = new StreamContent(endless) };
        await Assert.ThrowsAsync<VisionException>(() => _vision.Client().ChecksumAsync(DayPath));
        Assert.InRange(endless.Given, 1, 70_000);
    }

    [Fact]
    public async Task Download_File_IsWholeAndLeavesNoPart()
    {
        await DownloadAsync();
        Assert.Equal(_zip, await File.ReadAllBytesAsync(_folder["a.zip"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Download_CutOff_GoesOnWhereItWas()
    {
        _vision.CutAfter = 3_000;
        var cut = await Assert.ThrowsAsync<VisionException>(DownloadAsync);
        Assert.Contains("was cut off", cut.Message);
        Assert.False(File.Exists(_folder["a.zip"]));
        await Assert.ThrowsAsync<VisionException>(DownloadAsync);
        _vision.CutAfter = null;

        await DownloadAsync();

        Assert.Equal(_zip, await File.ReadAllBytesAsync(_folder["a.zip"]));
        Assert.Equal(
            ["BTCUSDT-15m-2025-08-17.zip", "BTCUSDT-15m-2025-08-17.zip from 3000", "BTCUSDT-15m-2025-08-17.zip from 6000"],
            _vision.Asked.Where(path => !path.Contains("CHECKSUM")));
    }

    [Fact]
    public async Task Download_CutOffAndNoRanges_ComesWhole()
    {
        _vision.CutAfter = 3_000;
        await Assert.ThrowsAsync<VisionException>(DownloadAsync);
        (_vision.CutAfter, _vision.Ranges) = (null, false);
        await DownloadAsync();
        Assert.Equal(2, _vision.Asked.Count(path => !path.Contains("CHECKSUM")));
        Assert.Equal(_zip, await File.ReadAllBytesAsync(_folder["a.zip"]));
    }

    [Fact]
    public async Task Download_PartIsRubbish_IsThrownAwayAndComesWhole()
    {
        var sha = (await _vision.Client().ChecksumAsync(DayPath))!;
        await File.WriteAllBytesAsync(_folder[$"a.zip.{sha[..16]}.part"], new byte[4_000]);
        await DownloadAsync();
        Assert.Equal(_zip, await File.ReadAllBytesAsync(_folder["a.zip"]));
    }

    [Fact]
    public async Task Download_PartIsWholeAlready_IsTaken()
    {
        var sha = (await _vision.Client().ChecksumAsync(DayPath))!;
        await File.WriteAllBytesAsync(_folder[$"a.zip.{sha[..16]}.part"], _zip);
        await DownloadAsync();
        Assert.Equal(_zip, await File.ReadAllBytesAsync(_folder["a.zip"]));
    }

    [Fact]
    public async Task Download_RevisedWhileItWasCutOff_HasNothingOfTheOldOne()
    {
        _vision.CutAfter = 3_000;
        await Assert.ThrowsAsync<VisionException>(DownloadAsync);
        _vision.CutAfter = null;
        var revised = _zip.Reverse().ToArray();
        _vision.Publish(Btc15m, Day, revised);

        await DownloadAsync();

        Assert.Equal(revised, await File.ReadAllBytesAsync(_folder["a.zip"]));
        Assert.Equal("BTCUSDT-15m-2025-08-17.zip", _vision.Asked[^1]);   // from its beginning, at once
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Download_ChecksumDoesNotMatch_LeavesNoFile()
    {
        _vision.Publish(Btc15m, Day, _zip, sha256: new string('a', 64));
        var fault = await Assert.ThrowsAsync<VisionException>(DownloadAsync);
        Assert.Contains("is not what its check sum says", fault.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Download_TooLarge_IsRefusedWhateverItSaysOfItself(bool saysSo)
    {
        _vision.Instead = path => path.EndsWith(".zip", StringComparison.Ordinal)
            ? new(HttpStatusCode.OK) { Content = saysSo ? new ByteArrayContent(_zip) : new StreamContent(new EndlessStream()) }
            : null;
        var client = _vision.Client(new() { PackedBytesMax = 9_000 });
        var sha = (await client.ChecksumAsync(DayPath))!;

        var fault = await Assert.ThrowsAsync<VisionException>(() => client.DownloadAsync(DayPath, sha, _folder["a.zip"]));

        Assert.Contains("more than the 9000 bytes", fault.Message);
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.Equal(0, new FileInfo(file).Length));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "refuses this address")]
    [InlineData(HttpStatusCode.UnavailableForLegalReasons, "not served to the place")]
    [InlineData(HttpStatusCode.BadGateway, "answered 502")]
    public async Task Download_OtherAnswer_SaysWhatItMeans(HttpStatusCode status, string text)
    {
        _vision.Instead = path => path.EndsWith(".zip", StringComparison.Ordinal) ? new(status) : null;
        Assert.Contains(text, (await Assert.ThrowsAsync<VisionException>(DownloadAsync)).Message);
    }

    private async Task DownloadAsync()
    {
        var client = _vision.Client();
        await client.DownloadAsync(DayPath, (await client.ChecksumAsync(DayPath))!, _folder["a.zip"]);
    }

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
