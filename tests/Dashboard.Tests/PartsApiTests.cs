using System.Text.Json;

namespace FuturesBot.Dashboard.Tests;

/// <summary>Parts that run elsewhere: signs of life, and messages that were put aside.</summary>
public sealed class PartsApiTests
{
    private const string TraderToken = "trader-token-of-this-test";
    private const string ViewerToken = "viewer-token-of-this-test";

    [Fact]
    public async Task Beats_OfEveryPart_HaveAgeStateAndLevel()
    {
        await using var server = await PageServer.Start();

        var beats = (await server.Json("/api/beats")).EnumerateArray().ToDictionary(beat => beat.GetProperty("component").GetString()!);

        Assert.Equal(["market-events", "orchestrations", "sidecar", "sidecar-standby", "timers"], beats.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("silent", "crit"), (beats["timers"].GetProperty("state").GetString(), beats["timers"].GetProperty("level").GetString()));
        Assert.InRange(beats["timers"].GetProperty("age_seconds").GetDouble(), 1_512, 1_600);
        Assert.Equal(("agrees", 0), (beats["market-events"].GetProperty("agreement").GetString(), beats["market-events"].GetProperty("behind").GetInt32()));
        Assert.Equal(JsonValueKind.Null, beats["timers"].GetProperty("number").ValueKind);
    }

    [Fact]
    public async Task Poison_HasReasonAndTheBodysHead_AndALimit()
    {
        await using var server = await PageServer.Start();

        var all = (await server.Json("/api/poison")).EnumerateArray().ToArray();
        var one = (await server.Json("/api/poison?limit=1")).EnumerateArray().ToArray();
        var (status, problem) = await server.Problem("/api/poison?limit=201");

        Assert.Equal(2, all.Length);
        Assert.Equal("sidecar-commands", Assert.Single(one).GetProperty("queue").GetString());
        foreach (var key in (string[])["id", "queue", "at", "tries", "reason", "body"]) Assert.All(all, row => Assert.True(row.TryGetProperty(key, out _), key));
        Assert.Equal(400, status);
        Assert.Contains("200", problem.GetProperty("allowed").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/beats")]
    [InlineData("GET", "/api/poison")]
    [InlineData("DELETE", "/api/poison/x")]
    public async Task Parts_WithoutAShelf_AreNotAvailableAndThePageIsTold(string method, string path)
    {
        await using var server = await PageServer.Start(more: all => all with { Parts = null });
        using var trader = await server.Trader();
        using var request = new HttpRequestMessage(new(method), path);

        var (status, _) = await server.Problem(request, trader);
        var absent = (await server.Json("/api/status")).GetProperty("absent").EnumerateArray().Select(name => name.GetString());

        Assert.Equal(501, status);
        Assert.Equal(["parts"], absent);
    }

    [Fact]
    public async Task Parts_OverSignIn_AreForPeopleAndLetGoByTradersAlone()
    {
        var audit = new HeardAudit();
        await using var server = await PageServer.Start(
            new() { TraderToken = new(TraderToken), ViewerToken = new(ViewerToken) }, more: all => all with { Audit = audit });

        var stranger = new Visitor(server);
        foreach (var path in (string[])["/api/beats", "/api/poison"]) Assert.Equal(401, (await stranger.Send(HttpMethod.Get, path)).Status);
        Assert.Equal(401, (await stranger.Send(HttpMethod.Delete, "/api/poison/x")).Status);

        var viewer = await Visitor.SignedIn(server, ViewerToken);
        Assert.Equal(200, (await viewer.Send(HttpMethod.Get, "/api/beats")).Status);
        var (read, messages) = await viewer.Send(HttpMethod.Get, "/api/poison");
        var id = messages[0].GetProperty("id").GetString()!;
        Assert.Equal(200, read);
        Assert.Equal(403, (await viewer.Send(HttpMethod.Delete, $"/api/poison/{id}")).Status);

        var trader = await Visitor.SignedIn(server, TraderToken);
        Assert.Equal(204, (await trader.Send(HttpMethod.Delete, $"/api/poison/{id}")).Status);
        var (again, problem) = await trader.Send(HttpMethod.Delete, $"/api/poison/{id}");
        Assert.Equal(404, again);
        Assert.Contains(id, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await trader.Send(HttpMethod.Get, "/api/poison")).Body.GetArrayLength());
        Assert.Contains(audit.Entries, entry => entry.What.Contains(id, StringComparison.Ordinal));
    }
}
