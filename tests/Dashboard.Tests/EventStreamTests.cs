using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Tests;

public sealed class EventStreamTests
{
    private static readonly Symbol Sol = Symbol.Parse("SOLUSDT");

    [Fact]
    public async Task Open_OfAPage_GivesHeartbeatRunningCandleAndPrices()
    {
        await using var server = await PageServer.Start();

        var events = await Read(server, "/api/events?symbol=SOLUSDT&timeframe=15m", null, until: e => e.Name == "prices");

        Assert.Equal("heartbeat", events[0].Name);
        Assert.Contains("\"market_time\":", events[0].Data);
        Assert.Contains(events, e => e.Name == "running" && e.Data.Contains("\"open_time\":", StringComparison.Ordinal));
        Assert.Contains("\"BTCUSDT\":", events[^1].Data);
        Assert.All(events, e => Assert.Equal("", e.Id));
    }

    [Fact]
    public async Task Open_OfAPageThatAsksForABook_GivesItWithAsManyLevels()
    {
        await using var server = await PageServer.Start();

        var events = await Read(server, "/api/events?symbol=SOLUSDT&book=3", null, until: e => e.Name == "book");
        var without = await Read(server, "/api/events?symbol=SOLUSDT", null, until: e => e.Name == "prices");

        var book = System.Text.Json.JsonDocument.Parse(events[^1].Data).RootElement;
        Assert.Equal(("SOLUSDT", 3), (book.GetProperty("symbol").GetString(), book.GetProperty("bids").GetArrayLength()));
        Assert.DoesNotContain(without, e => e.Name == "book");
    }

    [Fact]
    public async Task Push_OfACandle_ReachesOnlyThePageThatShowsItsSymbolAndFrame()
    {
        await using var server = await PageServer.Start();

        var events = await Read(server, "/api/events?symbol=SOLUSDT&timeframe=15m", null, until: e =>
        {
            // The first news says that the stream stands; what is pushed from now on reaches it.
            if (e.Name == "heartbeat" && server.Source.Feed.LastId == 0)
            {
                server.Source.Feed.Push(new DashboardPush.CandleClosed(Symbol.Btc, TimeFrame.M15, Bar(1)));
                server.Source.Feed.Push(new DashboardPush.CandleClosed(Sol, TimeFrame.H1, Bar(2)));
                server.Source.Feed.Push(new DashboardPush.CandleClosed(Sol, TimeFrame.M15, Bar(3)));
                server.Source.Feed.Push(Line("done"));
            }

            return e.Name == "journal";
        });

        var candle = Assert.Single(events, e => e.Name == "candle");
        Assert.Contains("\"close\":3", candle.Data);
    }

    [Fact]
    public async Task Resume_WithTheLastId_GivesExactlyWhatWasMissed()
    {
        await using var server = await PageServer.Start();
        foreach (var text in new[] { "one", "two", "three" }) server.Source.Feed.Push(Line(text));
        var run = server.Source.Status().StartedAtMs;

        var events = await Read(server, "/api/events", $"{run}-1", until: e => e.Data.Contains("three", StringComparison.Ordinal));

        Assert.Equal([$"{run}-2", $"{run}-3"], events.Where(e => e.Name == "journal").Select(e => e.Id));
        Assert.DoesNotContain(events, e => e.Name == "reset");
    }

    [Theory]
    [InlineData("1-1")]          // another process
    [InlineData("RUN-99")]       // a number that never was
    [InlineData("nonsense")]
    public async Task Resume_WithAnIdThatIsNotOurs_SaysReadEverythingAgain(string id)
    {
        await using var server = await PageServer.Start();
        server.Source.Feed.Push(Line("one"));
        var last = id.Replace("RUN", $"{server.Source.Status().StartedAtMs}", StringComparison.Ordinal);

        var events = await Read(server, "/api/events", last, until: e => e.Name == "heartbeat");

        Assert.Equal("reset", events[0].Name);
    }

    [Fact]
    public async Task Open_BeyondTheMost_IsRefused()
    {
        await using var server = await PageServer.Start(new DashboardOptions { StreamsMax = 1 });
        using var first = await server.Client.GetAsync(
            new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        var (status, problem) = await server.Problem("/api/events");

        Assert.Equal(503, status);
        Assert.Contains("close one", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public void Feed_BeyondItsCapacity_ForgetsTheOldestAndSaysSo()
    {
        var feed = new DashboardFeed(capacity: 16);
        for (var i = 1; i <= 20; i++) feed.Push(Line($"{i}"));
        var news = new List<(long Id, DashboardPush Push)>();

        Assert.False(feed.TryReadAfter(3, news));
        Assert.True(feed.TryReadAfter(4, news));
        Assert.Equal(Enumerable.Range(5, 16).Select(i => (long)i), news.Select(n => n.Id));
        Assert.Equal("20", Assert.IsType<DashboardPush.Happened>(news[^1].Push).Entry.Text);
    }

    private static Candle Bar(double close) => new(0, close, close, close, close, 1);

    private static DashboardPush.Happened Line(string text) =>
        new(new(1, "system", HealthLevel.Ok, "", text, null, Replayed: false));

    private static async Task<List<(string Id, string Name, string Data)>> Read(
        PageServer server, string path, string? lastId, Func<(string Id, string Name, string Data), bool> until)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var events = new List<(string Id, string Name, string Data)>();
        var (id, name) = ("", "");
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            events.Add((id, name, line[6..]));
            if (until(events[^1])) return events;
            (id, name) = ("", "");
        }

        throw new InvalidOperationException($"The stream ended after {events.Count} events");
    }
}
