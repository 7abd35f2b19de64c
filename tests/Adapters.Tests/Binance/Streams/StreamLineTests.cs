using System.Net.WebSockets;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class StreamLineTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // Renews after six minutes, and is not troubled by the silence of a test that moves time.
    private static readonly StreamOptions Renewing =
        StreamBench.Patient with { RenewHours = 0.1, RenewSpreadMinutes = 0, SilenceSeconds = 600 };

    [Fact]
    public async Task Change_ManyStreams_SubscribesInBatchesBelowTheExchangesPace()
    {
        await using var bench = await StreamBench.StartAsync(StreamBench.Patient with { StreamsPerMessage = 5 });
        await using var line = Line(bench, new());
        var names = Enumerable.Range(0, 100).Select(i => $"s{i}").ToList();

        line.Change(names.Select(name => (name, true)), []);
        line.Start();
        var all = Task.WhenAll(names.Select(line.AnsweredAsync));
        await bench.UntilAsync(() => all.IsCompleted, TimeSpan.FromMilliseconds(25), "all answers");

        var socket = Assert.Single(bench.Server.Sockets);
        Assert.Equal(names.Order(), socket.Streams.Order());
        Assert.Equal(20, socket.Received.Count);
        var arrivals = socket.Received.Select(message => TimeSpan.FromTicks(message.At)).ToList();
        var busiest = arrivals.Max(from => arrivals.Count(at => at >= from && at < from + TimeSpan.FromSeconds(1)));
        Assert.InRange(busiest, 1, 5);
        Assert.Equal("/market/stream", socket.Path);
    }

    [Fact]
    public async Task Watchdog_AcknowledgedButSilent_ReconnectsAndTellsPeople()
    {
        await using var bench = await StreamBench.StartAsync();
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "btcusdt@depth");
        await line.AnsweredAsync("btcusdt@depth");
        await bench.Server.PublishAsync("btcusdt@depth", """{"n":1}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 1);

        bench.Time.Advance(TimeSpan.FromSeconds(9));
        await bench.SettleAsync();
        Assert.Single(bench.Server.Sockets);
        await bench.UntilAsync(() => bench.Server.Sockets.Count == 2, Step, "the second socket");
        await bench.UntilAsync(() => bench.Alerts.All.Count > 0, Step, "an alert");
        await bench.UntilAsync(() => heard.All.Count(text => text == "+btcusdt@depth") == 4, Step, "another socket");
        await bench.Server.PublishAsync("btcusdt@depth", """{"n":2}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 2, what: "data again");

        await bench.UntilAsync(() => bench.Server.Sockets.Count(socket => !socket.IsOpen) == 3, what: "the server to see the ends");
        Assert.Equal(4, bench.Server.Sockets.Count);
        var alert = bench.Alerts.All[0];
        Assert.Equal(AlertKind.Stream, alert.Kind);
        Assert.Contains("silent", alert.Text);
        Assert.Contains("3 times in a row", alert.Text);
        Assert.Equal(["+btcusdt@depth", "-btcusdt@depth", "+btcusdt@depth"], heard.All.Where(text => text[0] is '+' or '-').Take(3));
    }

    [Fact]
    public async Task Watchdog_OnlyRubbishComes_ReconnectsAsIfSilent()
    {
        await using var bench = await StreamBench.StartAsync();
        await using var line = Line(bench, new(), "s");
        await line.AnsweredAsync("s");
        for (var i = 0; i < 10; i++)
        {
            await bench.Server.Sockets[0].SendAsync("""{"stream":"s","data":{""");
            var sent = i + 1;
            await bench.UntilAsync(() => line.Health.Rubbish == sent || bench.Server.Sockets.Count > 1);
            await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await bench.UntilAsync(() => bench.Server.Sockets.Count == 2, Step);
        Assert.Equal(0, line.Health.Messages);
    }

    [Fact]
    public async Task Watchdog_StreamsThatMayBeSilent_AreLeftAlone()
    {
        await using var bench = await StreamBench.StartAsync();
        await using var line = Line(bench, new());
        line.Change([("s", false)], []);
        line.Start();
        await line.AnsweredAsync("s");

        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await bench.SettleAsync();

        Assert.Single(bench.Server.Sockets);
        Assert.Equal(StreamState.Live, line.Health.State);
    }

    [Fact]
    public async Task Cut_InTheMiddleOfAMessage_DropsItAndSubscribesAnew()
    {
        await using var bench = await StreamBench.StartAsync(Renewing with { RenewHours = 23 });
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        await bench.Server.PublishAsync("s", """{"n":1}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 1);

        await bench.Server.Sockets[0].SendAsync("""{"stream":"s","data":{"n":2"""u8.ToArray(), WebSocketMessageType.Text, end: false);
        bench.Server.Sockets[0].Cut();
        await bench.UntilAsync(() => heard.All.Count(text => text == "+s") == 2, Step, "the second subscription");
        await bench.Server.PublishAsync("s", """{"n":3}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 2);

        Assert.Equal([1, 3], heard.Numbers);
        Assert.Equal(
            ["+s", """{"stream":"s","data":{"n":1}}""", "-s", "+s", """{"stream":"s","data":{"n":3}}"""], heard.All);
        Assert.Equal(1, line.Health.Reconnects);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Renewal_WhileDataFlow_LeavesNothingOutAndReordersNothing(int seed)
    {
        await using var bench = await StreamBench.StartAsync(Renewing, seed: seed);
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        using var enough = new CancellationTokenSource();
        var published = 0;
        var publishing = Task.Run(async () =>
        {
            // The two sockets are not equally fast: now the one, now the other is ahead by some messages.
            var random = new Random(seed);
            while (!enough.IsCancellationRequested)
            {
                var text = $$$"""{"stream":"s","data":{"n":{{{++published}}}}}""";
                foreach (var socket in bench.Server.Open.Where(socket => socket.Streams.Count > 0).OrderBy(_ => random.Next()))
                {
                    await socket.SendAsync(text);
                    if (random.Next(4) == 0) await Task.Delay(1);
                }

                if (published % 20 == 0) await Task.Delay(1);
            }
        });

        bench.Time.Advance(TimeSpan.FromMinutes(6) - Step);
        await bench.UntilAsync(() => line.Health.Renewals >= 1, Step, "the renewal");
        var atRenewal = published;
        await bench.UntilAsync(() => bench.Server.Open.Count == 1 && heard.Numbers[^1] > atRenewal + 200, what: "data on the new socket");
        await enough.CancelAsync();
        await publishing;
        await bench.UntilAsync(() => heard.Numbers[^1] == published, what: "the last message");

        var seen = 0;
        var fresh = heard.Numbers.Where(number => number > seen && (seen = number) > 0).ToList();
        Assert.Equal(Enumerable.Range(fresh[0], fresh.Count), fresh);   // what says nothing new left out: no hole
        var steps = heard.Numbers.Zip(heard.Numbers.Skip(1)).Where(pair => pair.Second != pair.First + 1).ToList();
        Assert.True(steps.Count <= 1, $"seed {seed}: {string.Join(" ", steps)}");   // one step back, at the change
        Assert.All(steps, step => Assert.True(step.Second <= step.First + 1));
        Assert.DoesNotContain("-s", heard.All);
        Assert.Equal(0, line.Health.Reconnects);
        Assert.Equal(2, bench.Server.Sockets.Count);
    }

    [Fact]
    public async Task Renewal_NewSocketIsSilent_KeepsTheOldOne()
    {
        await using var bench = await StreamBench.StartAsync(Renewing with { SilenceSeconds = 20 });
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        var first = bench.Server.Sockets[0];
        await first.SendAsync("""{"stream":"s","data":{"n":0}}""");

        for (var n = 1; bench.Log.Lines.All(text => !text.Contains(" 2103 ")); n++)
        {
            await first.SendAsync($$$"""{"stream":"s","data":{"n":{{{n}}}}}""");
            var sent = n;
            await bench.UntilAsync(() => heard.Numbers.Count > sent);
            await bench.AdvanceAsync(n < 50 ? TimeSpan.FromSeconds(7) : Step);
        }

        Assert.True(first.IsOpen);
        Assert.Equal(0, line.Health.Renewals);
        Assert.Equal(Enumerable.Range(0, heard.Numbers.Count), heard.Numbers);
        Assert.DoesNotContain("-s", heard.All);
    }

    [Fact]
    public async Task Renewal_OldSocketBreaksMeanwhile_CountsAsLost()
    {
        await using var bench = await StreamBench.StartAsync(Renewing);
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        for (var n = 1; n <= 2; n++)
        {
            // Heard before time moves: the renewal at the sixth minute must not hear it too.
            await bench.Server.PublishAsync("s", $$"""{"n":{{n}}}""");
            var told = n;
            await bench.UntilAsync(() => heard.Numbers.Count == told);
            bench.Time.Advance(TimeSpan.FromMinutes(3));
        }

        await bench.UntilAsync(() => bench.Server.Sockets.Count == 2 && bench.Server.Sockets[1].Streams.Count == 1);
        bench.Server.Sockets[0].Cut();
        await bench.Server.Sockets[1].SendAsync("""{"stream":"s","data":{"n":9}}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 3, Step);

        Assert.Equal([1, 2, 9], heard.Numbers);
        await bench.UntilAsync(() => heard.All.Count(text => text == "+s") == 2);
        Assert.Equal(["-s", """{"stream":"s","data":{"n":9}}""", "+s"], heard.All.Skip(3));
        Assert.Equal(2, bench.Server.Sockets.Count);
    }

    [Fact]
    public async Task Renewal_MoreThanMayBeKept_TakesOverAtOnceWithoutLoss()
    {
        await using var bench = await StreamBench.StartAsync(Renewing with { HeldMaxMib = 1, OverlapSeconds = 60 });
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        await bench.Server.PublishAsync("s", """{"n":0}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 1);
        bench.Time.Advance(TimeSpan.FromMinutes(6) - Step);
        bench.Time.Advance(Step);
        await bench.UntilAsync(() => bench.Server.Sockets.Count == 2 && bench.Server.Sockets[1].Streams.Count == 1);

        var padding = new string('x', 100_000);
        var sending = Task.Run(async () =>
        {
            for (var n = 1; n <= 40; n++)
                await bench.Server.Sockets[1].SendAsync($$$"""{"stream":"s","p":"{{{padding}}}","data":{"n":{{{n}}}}}""");
        });
        await bench.UntilAsync(() => heard.Numbers.Count == 41, what: "all messages, though time stands still");
        await sending;

        Assert.Equal(Enumerable.Range(0, 41), heard.Numbers);
        Assert.Equal(1, line.Health.Renewals);
    }

    [Fact]
    public async Task Subscribe_NeverAcknowledged_TriesAnotherSocket()
    {
        await using var bench = await StreamBench.StartAsync(StreamBench.Patient with { ReplySeconds = 10 });
        bench.Server.Answers = false;
        await using var line = Line(bench, new(), "s");
        await bench.UntilAsync(() => bench.Server.Sockets is [{ Received.Count: 1 }]);
        Assert.False(line.AnsweredAsync("s").IsCompleted);

        await bench.UntilAsync(() => bench.Server.Sockets.Count == 2, Step);
        bench.Server.Answers = true;
        var answered = line.AnsweredAsync("s");
        await bench.UntilAsync(() => answered.IsCompleted, Step);

        Assert.Contains(bench.Log.Lines, text => text.Contains("not answered"));
    }

    [Fact]
    public async Task Subscribe_OneOfManyRefused_SubscribesTheOthers()
    {
        await using var bench = await StreamBench.StartAsync(Renewing with { RenewHours = 23 });
        bench.Server.Refuses = name => name == "s13";
        var heard = new HeardStreams();
        var names = Enumerable.Range(0, 50).Select(i => $"s{i}").ToArray();
        await using var line = Line(bench, heard, names);
        var answered = Task.WhenAll(names.Select(line.AnsweredAsync));

        await bench.UntilAsync(() => answered.IsCompleted, Step);

        Assert.Equal(names.Where(name => name != "s13").Order(), bench.Server.Sockets[0].Streams.Order());
        Assert.Contains("!s13", heard.All);
        Assert.Equal((50, 49, 1), (line.Health.Streams, line.Health.Subscribed, line.Health.Refused));
        Assert.Contains(bench.Log.Lines, text => text.Contains("2104") && text.Contains("s13") && text.Contains("unknown stream"));
    }

    [Fact]
    public async Task Rubbish_OfEveryKind_IsCountedAndTheStreamGoesOn()
    {
        await using var bench = await StreamBench.StartAsync();
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        var socket = bench.Server.Sockets[0];

        string[] rubbish = ["", "{", "null", "[1,2", "{\"id\":1}", "\"stream\"", """{"stream":"s","data":{"n":""", """{"result":null,"id":99""", new('[', 5000)];
        await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary);
        foreach (var text in rubbish) await socket.SendAsync(text);
        await socket.SendAsync("""{"result":null,"id":777}""");   // an answer to nothing
        await bench.Server.PublishAsync("s", """{"n":1}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 1);

        Assert.Equal(rubbish.Length + 1, line.Health.Rubbish);
        Assert.Equal(1, line.Health.Messages);
        Assert.Single(bench.Server.Sockets);
        Assert.Contains(bench.Log.Lines, text => text.Contains(" 2105 ") && text.Contains("binary"));
        Assert.InRange(bench.Log.Lines.Count(text => text.Contains(" 2105 ")), 4, 5);   // the 1st, 2nd, 4th, 8th
    }

    [Fact]
    public async Task Rubbish_AMessageOf100Mebibytes_IsNotReadToItsEnd()
    {
        await using var bench = await StreamBench.StartAsync(Renewing with { MessageMaxMib = 2, RenewHours = 23 });
        var heard = new HeardStreams();
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");
        var (chunk, sent) = (new byte[1024 * 1024], 0);
        chunk.AsSpan().Fill((byte)'x');
        for (; sent < 100 && bench.Server.Sockets[0].IsOpen; sent++)
            await bench.Server.Sockets[0].SendAsync(chunk, WebSocketMessageType.Text, end: sent == 99);

        await bench.UntilAsync(() => heard.All.Count(text => text == "+s") == 2, Step, "the second subscription");
        await bench.Server.PublishAsync("s", """{"n":1}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 1);

        Assert.Equal(1, line.Health.Oversized);
        Assert.True(line.Health.Bytes < 1000);   // of whole messages
        Assert.Equal(["+s", "-s", "+s", """{"stream":"s","data":{"n":1}}"""], heard.All);
        Assert.Contains(bench.Log.Lines, text => text.Contains("more than 2 MiB"));
    }

    [Fact]
    public async Task Receiver_ThatThrows_LosesOneMessageOnly()
    {
        await using var bench = await StreamBench.StartAsync();
        var heard = new HeardStreams { OnMessage = text => _ = text.Contains("\"n\":2}") ? throw new InvalidOperationException("ours") : 0 };
        await using var line = Line(bench, heard, "s");
        await line.AnsweredAsync("s");

        for (var n = 1; n <= 3; n++) await bench.Server.PublishAsync("s", $$"""{"n":{{n}}}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 2);

        Assert.Equal([1, 3], heard.Numbers);
        Assert.Equal(1, line.Health.Faults);
        Assert.Contains(bench.Log.Lines, text => text.Contains(" 2106 ") && text.Contains("ours"));
    }

    [Fact]
    public async Task Open_PlaceIsRefused_TellsWhatHttpAnswered()
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Server.Status = 451;
        await using var line = Line(bench, new(), "s");

        await bench.UntilAsync(() => bench.Alerts.All.Count == 1, Step);

        Assert.Equal(AlertKind.Exchange, bench.Alerts.All[0].Kind);
        Assert.Contains("HTTP 451", bench.Alerts.All[0].Text);
        Assert.Empty(bench.Server.Sockets);
    }

    [Fact]
    public async Task Reconnect_ServerIsGone_ComesBackSlowerAndSlower()
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Server.Status = 503;
        await using var line = Line(bench, new(), "s");
        var begun = bench.Time.GetUtcNow();

        await bench.UntilAsync(() => bench.Time.GetUtcNow() - begun > TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2));

        // At most 60 s apart, 30 s on average, once it is slow: some 20 attempts and the first quick ones.
        Assert.InRange(line.Health.Reconnects, 10, 60);
        Assert.True(line.Health.FailuresInRow >= 10);
    }

    [Fact]
    public async Task Change_StreamTakenAwayAndAnotherAdded_KeepsTheSocket()
    {
        await using var bench = await StreamBench.StartAsync();
        await using var line = Line(bench, new(), "a", "b");
        await Task.WhenAll(line.AnsweredAsync("a"), line.AnsweredAsync("b"));

        line.Change([("c", true)], ["a"]);
        var answered = line.AnsweredAsync("c");
        await bench.UntilAsync(() => answered.IsCompleted, Step);

        var socket = Assert.Single(bench.Server.Sockets);
        Assert.Equal(["b", "c"], socket.Streams.Order());
    }

    [Fact]
    public async Task Change_StreamTakenAwayAndWantedAgain_IsAnswered()
    {
        await using var bench = await StreamBench.StartAsync();
        await using var line = Line(bench, new(), "a");
        await line.AnsweredAsync("a");

        line.Change([], ["a"]);
        line.Change([("a", true)], []);
        var answered = line.AnsweredAsync("a");

        await bench.UntilAsync(() => answered.IsCompleted, Step);
        Assert.Equal(["a"], bench.Server.Sockets[0].Streams);
    }

    private static StreamLine Line(StreamBench bench, HeardStreams heard, params string[] streams)
    {
        var line = new StreamLine(
            bench.Parts, StreamRoute.Market, 1,
            _ => Task.FromResult(StreamTable.AddressOf(bench.Parts.Streams, StreamRoute.Market)),
            heard, new(bench.Log, bench.Parts.Redactor, "/market 1", isPrivate: false));
        if (streams.Length == 0) return line;

        line.Change(streams.Select(name => (name, true)), []);
        line.Start();
        return line;
    }
}
