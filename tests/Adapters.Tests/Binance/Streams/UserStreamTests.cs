using System.Collections.Concurrent;
using System.Diagnostics;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class UserStreamTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Start_SubscribesTheListenKeyAndTellsToAskForEverything()
    {
        await using var account = await Account.StartAsync();

        Assert.Equal("/private/stream", account.Socket.Path);
        Assert.Equal([account.Keys.Current], account.Socket.Streams);
        Assert.Equal(["Resynced the connection stands"], account.Heard);

        await account.SendAsync(Trade(5, id: 1));
        await account.HearsAsync(2);
        Assert.Equal("Traded 5 1", account.Heard[1]);
        Assert.Equal(StreamState.Live, account.Stream.Health.Connection.State);
    }

    [Fact]
    public async Task Start_FormWithAddress_OpensThePathOfTheListenKey()
    {
        await using var account = await Account.StartAsync(StreamBench.Patient with { UserStreamForm = UserStreamForm.Address });

        Assert.Equal($"/private/ws/{account.Keys.Current}", account.Socket.Path);
        Assert.Empty(account.Socket.Received);

        await account.Socket.SendAsync(Trade(5, id: 1));   // raw, without an envelope
        await account.HearsAsync(2);
        Assert.Equal("Traded 5 1", account.Heard[1]);
    }

    // The address holds the key, and System.Net.Http would put addresses into spans of its own.
    [Fact]
    public async Task Start_WithinATrace_LeavesNoSpanWithTheListenKey()
    {
        var heard = new ConcurrentQueue<string>();
        using var ears = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => heard.Enqueue($"{span.OperationName} {span.DisplayName} {string.Join(' ', span.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(ears);
        string key;
        using (BotTelemetry.Source.StartActivity(Spans.Decide))
        {
            await using var account = await Account.StartAsync(StreamBench.Patient with { UserStreamForm = UserStreamForm.Address });
            key = account.Keys.Current;
        }

        Assert.Contains(heard, span => span.StartsWith(Spans.Decide, StringComparison.Ordinal));
        Assert.DoesNotContain(heard, span => span.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_DoubledAndReordered_ComeOnceAndInOrder()
    {
        await using var account = await Account.StartAsync(StreamBench.Patient with { UserWindowMs = 5000 });

        foreach (var (ms, id) in new[] { (5, 1), (7, 3), (6, 2), (7, 3), (5, 1), (7, 4) }) await account.SendAsync(Trade(ms, id));
        await account.Bench.UntilAsync(() => account.Stream.Health.Doubled == 2);
        account.Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await account.HearsAsync(5);

        Assert.Equal(["Traded 5 1", "Traded 6 2", "Traded 7 3", "Traded 7 4"], account.Heard.Skip(1));
        Assert.Equal((0, 2), (account.Stream.Health.Late, account.Stream.Health.Doubled));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task KeepAlive_EveryHalfHourOfMarketTime_NotOfWallTime(double speed)
    {
        await using var account = await Account.StartAsync(speed: speed);

        var begun = account.Bench.Clock.NowMs;
        await account.Bench.UntilAsync(() => account.Keys.Kept == 4, TimeSpan.FromMinutes(1) / speed);

        var passed = TimeSpan.FromMilliseconds(account.Bench.Clock.NowMs - begun).TotalMinutes;
        Assert.InRange(passed, 120, 150);
        Assert.Equal(1, account.Keys.Created);
        Assert.Single(account.Bench.Server.Sockets);
    }

    [Fact]
    public async Task KeepAlive_KeyIsGone_GetsAnotherOneAndAnotherSocket()
    {
        await using var account = await Account.StartAsync();
        var first = account.Keys.Current;
        account.Keys.Expire();

        await account.Bench.UntilAsync(() => account.Bench.Server.Open is [{ Streams.Count: 1 }] && account.Bench.Server.Sockets.Count == 2, TimeSpan.FromSeconds(20));
        await account.HearsAsync(2);
        await account.SendAsync(Trade(5, id: 1));
        await account.HearsAsync(3);

        Assert.NotEqual(first, account.Keys.Current);
        Assert.Equal([account.Keys.Current], account.Bench.Server.Open[0].Streams);
        Assert.Equal(["Resynced the connection stands", "Resynced the connection was lost", "Traded 5 1"], account.Heard);
        account.NothingWasTold(first, account.Keys.Current);
    }

    [Fact]
    public async Task ListenKeyExpired_Event_GetsAnotherOneAndAnotherSocket()
    {
        await using var account = await Account.StartAsync();
        var first = account.Keys.Current;
        account.Keys.Expire();

        await account.SendAsync($$"""{"e":"listenKeyExpired","E":1800000000000,"listenKey":"{{first}}"}""");
        await account.Bench.UntilAsync(() => account.Bench.Server.Open is [{ Streams.Count: 1 }] && account.Bench.Server.Sockets.Count == 2, Step);
        await account.HearsAsync(3);

        Assert.Equal([account.Keys.Current], account.Bench.Server.Open[0].Streams);
        Assert.Equal(
            ["Resynced the connection stands", "ListenKeyExpired 1800000000000", "Resynced the connection was lost"], account.Heard);
        account.NothingWasTold(first, account.Keys.Current);
    }

    [Fact]
    public async Task KeepAlive_ExchangeIsAway_TriesEachMinuteAndRebuildsAfterAnHour()
    {
        await using var account = await Account.StartAsync();
        account.Keys.Fault = new(ExchangeFault.Unreachable, $"no answer about {account.Keys.Current}");

        await account.Bench.UntilAsync(() => account.Keys.Kept + account.Keys.Failed >= 10, TimeSpan.FromSeconds(20));
        Assert.Single(account.Bench.Server.Sockets);
        await account.Bench.UntilAsync(() => account.Bench.Server.Open.Count == 0, TimeSpan.FromSeconds(20), "an hour to pass");
        account.Keys.Fault = null;
        await account.Bench.UntilAsync(() => account.Bench.Server.Open is [{ Streams.Count: 1 }], TimeSpan.FromSeconds(1));

        Assert.InRange(account.Keys.Failed, 30, 40);
        account.NothingWasTold(account.Keys.Current);
    }

    [Fact]
    public async Task Cut_Connection_TellsToAskForEverythingInItsPlace()
    {
        await using var account = await Account.StartAsync();
        await account.SendAsync(Trade(5, id: 1));
        await account.HearsAsync(2);

        account.Socket.Cut();
        await account.HearsAsync(3);
        await account.Bench.UntilAsync(() => account.Bench.Server.Open is [{ Streams.Count: 1 }] && account.Bench.Server.Sockets.Count == 2, Step);
        await account.SendAsync(Trade(6, id: 2));
        await account.HearsAsync(4);

        Assert.Equal(["Traded 5 1", "Resynced the connection was lost", "Traded 6 2"], account.Heard.Skip(1));
        Assert.Equal(2, account.Keys.Created);   // asked for before each socket; the exchange gave the same one
    }

    [Fact]
    public async Task Renewal_OverlappingSockets_EachEventComesOnce()
    {
        await using var account = await Account.StartAsync(StreamBench.Patient with { RenewHours = 0.1, RenewSpreadMinutes = 0 });
        account.Bench.Time.Advance(TimeSpan.FromMinutes(6));
        for (var id = 1; account.Stream.Health.Connection.Renewals == 0; id++)
        {
            await account.SendAsync(Trade(id, id));
            await account.Bench.AdvanceAsync(Step);
            Assert.True(id < 5000);
        }

        var heard = account.Heard.Skip(1).ToList();
        Assert.Equal(heard.Distinct(), heard);
        Assert.Equal(Enumerable.Range(1, heard.Count).Select(id => $"Traded {id} {id}"), heard);
        Assert.Equal(2, account.Bench.Server.Sockets.Count);
        Assert.Equal(1, account.Stream.Health.Resyncs);
    }

    [Fact]
    public async Task Silence_ForHours_IsNoFault()
    {
        await using var account = await Account.StartAsync();

        for (var i = 0; i < 60; i++) account.Bench.Time.Advance(TimeSpan.FromMinutes(5));
        await account.Bench.SettleAsync();

        Assert.Single(account.Bench.Server.Sockets);
        Assert.Empty(account.Bench.Alerts.All);
    }

    [Theory]
    [InlineData("""{"e":"ORDER_TRADE_UPDATE","E":5,"T":5,"o":{"s":"BTCUSDT"}}""")]
    [InlineData("""{"e":"ACCOUNT_CONFIG_UPDATE","E":5,"T":5,"ai":3}""")]
    [InlineData("""{"e":"ACCOUNT_UPDATE","E":5,""")]
    public async Task Rubbish_InPlaceOfAnEvent_IsCountedAndEverythingAskedFor(string rubbish)
    {
        await using var account = await Account.StartAsync();

        for (var i = 0; i < 3; i++) await account.SendAsync(rubbish.Replace("\"E\":5", $"\"E\":{i}"));
        await account.Bench.UntilAsync(() => account.Stream.Health.Unreadable == 3);
        account.Bench.Time.Advance(TimeSpan.FromSeconds(1));
        await account.HearsAsync(2);
        await account.SendAsync(Trade(6, id: 2));
        await account.HearsAsync(3);

        Assert.Equal(["Resynced an event could not be read", "Traded 6 2"], account.Heard.Skip(1));
        Assert.Equal(3, account.Stream.Health.Connection.Rubbish);
        Assert.Single(account.Bench.Server.Sockets);
        account.NothingWasTold(account.Keys.Current);
    }

    [Fact]
    public async Task UnknownEvent_ComesThrough_AndIsLoggedOnce()
    {
        await using var account = await Account.StartAsync();

        for (var i = 1; i <= 3; i++) await account.SendAsync($$$"""{"e":"GRID_UPDATE","E":{{{i}}},"gu":{}}""");
        await account.HearsAsync(4);

        Assert.Single(account.Bench.Log.Lines, line => line.Contains("GRID_UPDATE"));
    }

    [Fact]
    public async Task Taker_Throws_OthersComeAndEverythingIsAskedFor()
    {
        await using var account = await Account.StartAsync();
        account.Throws = told => told is UserEvent.Traded { EventMs: 5 };

        await account.SendAsync(Trade(5, id: 1));
        await account.SendAsync(Trade(6, id: 2));
        await account.HearsAsync(2);
        account.Bench.Time.Advance(TimeSpan.FromSeconds(1));
        await account.HearsAsync(3);

        Assert.Equal(["Traded 6 2", "Resynced an event could not be taken"], account.Heard.Skip(1));
    }

    [Fact]
    public async Task Refused_ListenKey_IsNeverTold()
    {
        await using var account = await Account.StartAsync(refuse: true);

        await account.Bench.UntilAsync(() => account.Bench.Alerts.All.Count > 0, Step);

        Assert.Contains("refused", account.Bench.Alerts.All[0].Text);
        account.NothingWasTold(account.Keys.Current);
    }

    [Theory]
    [InlineData(UserStreamForm.Subscribe)]
    [InlineData(UserStreamForm.Address)]
    public async Task Unreachable_Exchange_ListenKeyIsNeverTold(UserStreamForm form)
    {
        await using var account = await Account.StartAsync(StreamBench.Patient with { UserStreamForm = form }, status: 404);

        await account.Bench.UntilAsync(() => account.Bench.Alerts.All.Count > 0, Step);

        Assert.Contains("HTTP 404", account.Bench.Alerts.All[0].Text);
        account.NothingWasTold(account.Keys.Current);
    }

    private static string Trade(long ms, int id) => $$"""
        {"e":"TRADE_LITE","E":{{ms}},"T":{{ms}},"s":"BTCUSDT","q":"1","p":"0","m":true,"c":"fb","S":"BUY","L":"60000.1","l":"0.2","t":{{id}},"i":9}
        """;

    /// <summary>A user stream of a scripted exchange.</summary>
    private sealed class Account : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _heard = new();

        private Account(StreamBench bench)
        {
            Bench = bench;
            Stream = new(bench.Parts, Keys) { Received = Hear };
        }

        public StreamBench Bench { get; }

        public ScriptedKeys Keys { get; } = new();

        public UserStream Stream { get; }

        public ServerSocket Socket => Bench.Server.Sockets[0];

        public IReadOnlyList<string> Heard => [.. _heard];

        public Func<UserEvent, bool> Throws { get; set; } = _ => false;

        public static async Task<Account> StartAsync(
            StreamOptions? options = null, double speed = 1, bool refuse = false, int? status = null)
        {
            var account = new Account(await StreamBench.StartAsync(options, speed));
            if (refuse) account.Bench.Server.Refuses = _ => true;
            account.Bench.Server.Status = status;
            account.Stream.Start();
            if (!refuse && status is null) await account.HearsAsync(1);
            return account;
        }

        public async Task SendAsync(string data)
        {
            foreach (var socket in Bench.Server.Open)
            {
                foreach (var key in socket.Streams) await socket.SendAsync($$"""{"stream":"{{key}}","data":{{data}}}""");
            }
        }

        public Task HearsAsync(int count) =>
            Bench.UntilAsync(() => _heard.Count >= count, TimeSpan.FromMilliseconds(10), $"{count} events, not {string.Join("; ", Heard)}");

        public void NothingWasTold(params string[] keys)
        {
            var told = Bench.Log.Lines.Concat(Bench.Alerts.All.Select(alert => alert.ToString()))
                .Append(Stream.Health.ToString()).Concat(_heard).ToList();
            Assert.True(told.Count > 2);
            foreach (var key in keys) Assert.DoesNotContain(told, line => line.Contains(key));
        }

        public async ValueTask DisposeAsync()
        {
            await Stream.DisposeAsync();
            await Bench.DisposeAsync();
        }

        private void Hear(UserEvent told)
        {
            if (Throws(told)) throw new InvalidOperationException("ours");
            _heard.Enqueue(told switch
            {
                UserEvent.Resynced resynced => $"Resynced {resynced.Reason}",
                UserEvent.Traded traded => $"Traded {traded.EventMs} {traded.Trade.TradeId}",
                _ => $"{told.GetType().Name} {told.EventMs}",
            });
        }
    }

    /// <summary>Listen keys that live until the test ends them.</summary>
    private sealed class ScriptedKeys : IListenKeys
    {
        private int _number;
        private bool _isGone = true;

        public string Current => $"WsCMN0a4KHUPTQuX6IUnqEZfB1inxmv1qR4kbf1LuEjur5VdbzqvyxqG9TSjVV{_number:00}";

        public int Created { get; private set; }

        public int Kept { get; private set; }

        public int Failed { get; private set; }

        public ExchangeException? Fault { get; set; }

        public void Expire() => _isGone = true;

        public Task<Secret> CreateListenKeyAsync(CancellationToken cancel = default)
        {
            if (Fault is { } fault) throw fault;
            if (_isGone) _number++;
            _isGone = false;
            Created++;
            return Task.FromResult(new Secret(Current));
        }

        public Task<bool> KeepListenKeyAliveAsync(Secret listenKey, CancellationToken cancel = default)
        {
            if (Fault is { } fault)
            {
                Failed++;
                throw fault;
            }

            Kept++;
            return Task.FromResult(!_isGone && listenKey.Reveal() == Current);
        }

        public Task CloseListenKeyAsync(Secret listenKey, CancellationToken cancel = default) =>
            throw new InvalidOperationException("Another program of the account may use the key");
    }
}
