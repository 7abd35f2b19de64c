using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

/// <summary>The wire over a whole generated market.</summary>
public sealed class WireMarketTests
{
    private const long Start = ScriptedMarket.StartMs;
    private const long DayMs = 86_400_000;

    [Theory]
    [InlineData("btcusdt@depth@100ms", 1)]
    [InlineData("btcusdt@depth", 1)]
    [InlineData("btcusdt@depth@500ms", 1)]
    [InlineData("btcusdt@depth@100ms", 60)]
    public async Task Depth_FollowedByTheExchangesRule_IsTheBookAtEveryUpdate(string stream, double speed)
    {
        var time = new ManualTime();
        await using var exchange = await StartAsync(time, speed);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new(exchange.Streams, $"/public/ws/{stream}"), TestContext.Current.CancellationToken);
        using var socket = new WireSocket(client);
        using var http = new HttpClient { BaseAddress = exchange.Rest };
        var (book, checks, last, fits) = (new Follower(exchange.Truth.Symbols[0]), 0, 0L, false);
        while (checks < 100)
        {
            var json = await NextAsync(socket, time);
            if (last == 0 || !book.IsKnown)   // only the thousand levels of a snapshot are known, and the price moves on
            {
                book.Reset(JsonDocument.Parse(await http.GetStringAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=1000", TestContext.Current.CancellationToken)).RootElement);
                last = book.UpdateId;
                fits = false;
            }

            var (first, final, previous) = (json.GetProperty("U").GetInt64(), json.GetProperty("u").GetInt64(), json.GetProperty("pu").GetInt64());
            if (final < last) continue;
            Assert.True(fits ? previous == last : first <= last && last <= final, $"{first} {final} {previous} after {last}");
            book.Apply(json);
            (last, fits) = (final, true);
            if (!book.IsKnown) continue;
            if (exchange.Truth.Book(0, final) is not { } truth) continue;
            Assert.Equal(truth, book.State(final));
            checks++;
        }
    }

    [Fact]
    public async Task Klines_Closed_OnTheStreamAreTheOnesOfRestAndOfTheTruth()
    {
        var time = new ManualTime();
        await using var exchange = await StartAsync(time, speed: 600);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new(exchange.Streams, "/market/ws/ethusdt@kline_5m"), TestContext.Current.CancellationToken);
        using var socket = new WireSocket(client);
        using var http = new HttpClient { BaseAddress = exchange.Rest };
        for (var closed = 0; closed < 20;)
        {
            var kline = (await NextAsync(socket, time)).GetProperty("k");
            if (!kline.GetProperty("x").GetBoolean()) continue;
            var open = kline.GetProperty("t").GetInt64();
            Assert.Equal(Start + (closed++ * 300_000L), open);
            var row = JsonDocument.Parse(await http.GetStringAsync($"/fapi/v1/klines?symbol=ETHUSDT&interval=5m&startTime={open}&limit=1", TestContext.Current.CancellationToken)).RootElement[0];
            Assert.Equal(Joined(row, 1, 2, 3, 4, 5, 7, 8, 9, 10), string.Join(' ', "ohlcvqnVQ".Select(name => kline.GetProperty($"{name}").ToString())));
            Assert.Contains(exchange.Truth.Closed(1, KlineInterval.M5, open, open, 1), truth => truth.OpenMs == open);
        }
    }

    [Fact]
    public async Task Archive_OfYesterday_HasItsChecksumAndComesInPieces()
    {
        await using var exchange = await StartAsync(new ManualTime(), speed: 1, startAtMs: Start + (6 * 3_600_000));
        using var http = new HttpClient { BaseAddress = exchange.Archive };
        const string Path = "/data/futures/um/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2025-09-30.zip";

        var zip = await http.GetByteArrayAsync(Path, TestContext.Current.CancellationToken);
        var checksum = await http.GetStringAsync(Path + ".CHECKSUM", TestContext.Current.CancellationToken);
        using var rest = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Range = new RangeHeaderValue(10, null) } };
        using var resumed = await http.SendAsync(rest, TestContext.Current.CancellationToken);

        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(zip))}  BTCUSDT-1h-2025-09-30.zip\n", checksum);
        Assert.Equal(HttpStatusCode.PartialContent, resumed.StatusCode);
        Assert.Equal(zip[10..], await resumed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var reader = new StreamReader(Assert.Single(archive.Entries).Open());
        Assert.Equal(24, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => char.IsDigit(line[0])));
    }

    [Fact]
    public async Task Archive_OfANameInChinese_NamesItsFileInTheChecksum()
    {
        SimulatedExchangeOptions options = new() { SymbolCount = 30, MarketStartMs = Start - (2 * DayMs), StartAtMs = Start + (6 * 3_600_000) };
        await using var exchange = await SimulatedExchange.StartAsync(options, new ManualTime(), null, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = exchange.Archive };

        var checksum = await http.GetStringAsync("/data/futures/um/daily/klines/月光USDT/1h/月光USDT-1h-2025-09-30.zip.CHECKSUM", TestContext.Current.CancellationToken);

        Assert.EndsWith("  月光USDT-1h-2025-09-30.zip\n", checksum);
    }

    [Theory]
    [InlineData("/data/futures/um/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2025-10-01.zip")]
    [InlineData("/data/futures/um/daily/klines/NOPEUSDT/1h/NOPEUSDT-1h-2025-09-30.zip")]
    [InlineData("/data/futures/um/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2025-10-01.zip.CHECKSUM")]
    [InlineData("/data/spot/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2025-09-30.zip")]
    public async Task Archive_WhatIsNotThere_Is404(string path)
    {
        await using var exchange = await StartAsync(new ManualTime(), speed: 1);
        using var http = new HttpClient { BaseAddress = exchange.Archive };

        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("NoSuchKey", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ExchangeInfo_OfAWholeExchange_ListsEveryKindAndHidesWhatIsUndone()
    {
        var time = new ManualTime();
        SimulatedExchangeOptions options = new() { SymbolCount = 30, MarketStartMs = Start - DayMs, StartAtMs = Start };
        await using (var exchange = await SimulatedExchange.StartAsync(options, time, null, TestContext.Current.CancellationToken))
        {
            var text = await TextAsync(exchange);
            Assert.All(["TRADIFI_PERPETUAL", "月光USDT", "CURRENT_QUARTER", "SETTLING", "PENDING_TRADING"], word => Assert.Contains(word, text));
        }

        options = options with { Faults = new() { Changes = new() { TradFi = false, ChineseSymbols = false } } };
        await using (var exchange = await SimulatedExchange.StartAsync(options, time, null, TestContext.Current.CancellationToken))
        {
            var text = await TextAsync(exchange);
            Assert.All(["TRADIFI_PERPETUAL", "月光USDT"], word => Assert.DoesNotContain(word, text));
        }

        static async Task<string> TextAsync(SimulatedExchange exchange)
        {
            using var http = new HttpClient { BaseAddress = exchange.Rest };
            return await http.GetStringAsync("/fapi/v1/exchangeInfo", TestContext.Current.CancellationToken);
        }
    }

    private static Task<SimulatedExchange> StartAsync(ManualTime time, double speed, long startAtMs = Start) => SimulatedExchange.StartAsync(
        new() { MarketStartMs = Start - (2 * DayMs), StartAtMs = startAtMs, Speed = speed, KeepTruth = true },
        time,
        logs: null,
        TestContext.Current.CancellationToken);

    // Wall time moves until the message is there.
    private static async Task<JsonElement> NextAsync(WireSocket socket, ManualTime time)
    {
        var reading = socket.ReadAsync();
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        return await reading;
    }

    private static string Joined(JsonElement row, params int[] places) => string.Join(' ', places.Select(place => row[place].ToString()));

    /// <summary>A book kept as the exchange says that one is kept.</summary>
    private sealed class Follower(MarketSymbol symbol)
    {
        private readonly SortedList<long, long> _bids = new(Comparer<long>.Create((one, other) => other.CompareTo(one)));
        private readonly SortedList<long, long> _asks = [];

        private long _lowest, _highest;   // the worst levels of the snapshot, in ticks: what lies beyond is not known

        public long UpdateId { get; private set; }

        /// <summary>The best twenty levels lie within what the snapshot told.</summary>
        public bool IsKnown => _bids.Keys[19] >= _lowest && _asks.Keys[19] <= _highest;

        public void Reset(JsonElement snapshot)
        {
            UpdateId = snapshot.GetProperty("lastUpdateId").GetInt64();
            _bids.Clear();
            _asks.Clear();
            Put(_bids, snapshot.GetProperty("bids"));
            Put(_asks, snapshot.GetProperty("asks"));
            (_lowest, _highest) = (_bids.Keys[^1], _asks.Keys[^1]);
        }

        public void Apply(JsonElement update)
        {
            Put(_bids, update.GetProperty("b"));
            Put(_asks, update.GetProperty("a"));
        }

        public BookState State(long updateId) => BookState.Of(new(updateId, 0, 0, Best(_bids), Best(_asks)));

        private static DepthLevel[] Best(SortedList<long, long> side) => [.. side.Take(20).Select(level => new DepthLevel(level.Key, level.Value))];

        private void Put(SortedList<long, long> side, JsonElement levels)
        {
            foreach (var level in levels.EnumerateArray())
            {
                Assert.True(symbol.TryTicks(Number(level[0]), out var ticks));
                Assert.True(symbol.TrySteps(Number(level[1]), out var steps));
                if (steps == 0) side.Remove(ticks);
                else side[ticks] = steps;
            }
        }

        private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
    }
}
