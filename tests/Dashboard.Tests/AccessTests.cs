using System.Net;
using System.Text.Json;
using FuturesBot.TestKit;

namespace FuturesBot.Dashboard.Tests;

/// <summary>Who may reach what (issue 4, Security; spec 2.20 #2 and #7).</summary>
public sealed class AccessTests
{
    private const string Trader = "trader-token-0123456789";
    private const string Viewer = "viewer-token-0123456789";

    private static readonly DashboardOptions WithTokens = new() { TraderToken = new(Trader), ViewerToken = new(Viewer) };
    private static readonly object Change = new { changes = new { size = 5 } };

    [Theory]
    [InlineData("https://evil.example", "", "GET")]
    [InlineData("http://localhost:9999", "", "GET")]
    [InlineData("null", "", "PUT")]
    [InlineData("https://evil.example", "", "PUT")]
    [InlineData("", "cross-site", "PUT")]
    [InlineData("", "same-site", "PUT")]
    public async Task Request_OfAForeignPage_IsRefused(string origin, string site, string method)
    {
        await using var server = await Start();
        var visitor = await Visitor.At(server);
        (string, string)[] headers = [.. Sent()];

        var (status, problem) = await visitor.Send(
            new(method), "/api/settings", method == "PUT" ? Change : null, [.. headers, ("If-Match", "\"3\"")]);

        Assert.Equal(403, status);
        Assert.Contains(origin + site, problem.GetProperty("detail").GetString());

        IEnumerable<(string, string)> Sent()
        {
            if (origin.Length > 0) yield return ("Origin", origin);
            if (site.Length > 0) yield return ("Sec-Fetch-Site", site);
        }
    }

    [Fact]
    public async Task Change_OfOurOwnPage_IsMade()
    {
        var settings = new OneSetting();
        await using var server = await Start(settings: settings);
        var visitor = await Visitor.At(server);

        var (status, _) = await visitor.Send(
            HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""), ("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal((200, "5"), (status, settings.Size));
    }

    [Fact]
    public async Task Change_WithoutTheSessionsToken_IsRefused()
    {
        var settings = new OneSetting();
        await using var server = await Start(settings: settings);
        var (mine, other, stranger) = (await Visitor.At(server), await Visitor.At(server), new Visitor(server));
        (mine.Csrf, other.Csrf) = (other.Csrf, null);

        foreach (var visitor in (Visitor[])[mine, other, stranger])
        {
            var (status, problem) = await visitor.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""));
            Assert.Equal(403, status);
            Assert.Contains("CSRF", problem.GetProperty("title").GetString());
        }

        Assert.Null(settings.Size);
    }

    [Fact]
    public async Task Request_WithoutSignIn_SeesNothingButTheSession()
    {
        await using var server = await Start(WithTokens);
        var stranger = new Visitor(server);

        Assert.Equal(401, (await stranger.Send(HttpMethod.Get, "/api/status")).Status);
        Assert.Equal(401, (await stranger.Send(HttpMethod.Get, "/api/events")).Status);
        Assert.Equal(401, (await stranger.Send(HttpMethod.Put, "/api/settings", Change)).Status);
        var (status, session) = await stranger.Send(HttpMethod.Get, "/api/session");

        Assert.Equal((200, true), (status, session.GetProperty("sign_in_required").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, session.GetProperty("user").ValueKind);
        Assert.Equal(JsonValueKind.Null, session.GetProperty("csrf").ValueKind);
        Assert.Equal("", stranger.SetCookie);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Viewer_SeesEverythingAndChangesNothing()
    {
        var settings = new OneSetting();
        await using var server = await Start(WithTokens, settings);
        var viewer = await Visitor.SignedIn(server, Viewer);

        Assert.Equal(200, (await viewer.Send(HttpMethod.Get, "/api/settings")).Status);
        Assert.Equal(200, (await viewer.Send(HttpMethod.Post, "/api/settings/validate", Change)).Status);
        var (status, problem) = await viewer.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""));

        Assert.Equal((403, (string?)null), (status, settings.Size));
        Assert.Contains("viewer", problem.GetProperty("detail").GetString());
        Assert.Equal("role trader", problem.GetProperty("allowed").GetString());
    }

    [Fact]
    public async Task Trader_SignedIn_Changes()
    {
        var settings = new OneSetting();
        await using var server = await Start(WithTokens, settings);
        var trader = await Visitor.SignedIn(server, Trader);

        var (status, _) = await trader.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""));

        Assert.Equal((200, "5"), (status, settings.Size));
        Assert.All((string[])["httponly", "samesite=strict", "path=/", "max-age=43200"], part => Assert.Contains(part, trader.SetCookie));
        Assert.DoesNotContain(Trader, trader.SetCookie);
    }

    [Fact]
    public async Task Bearer_WithTheToken_NeedsNoSession()
    {
        var settings = new OneSetting();
        await using var server = await Start(WithTokens, settings);
        var script = new Visitor(server);

        var (status, _) = await script.Send(
            HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""), ("Authorization", $"Bearer {Trader}"));

        Assert.Equal((200, "5", ""), (status, settings.Size, script.SetCookie));
        Assert.Equal(401, (await script.Send(HttpMethod.Get, "/api/status", null, ("Authorization", "Bearer wrong"))).Status);
    }

    [Fact]
    public async Task Session_SignedOutForgedOrOld_IsNone()
    {
        var time = new ManualTime();
        await using var server = await Start(WithTokens, time: time);
        var (gone, old) = (await Visitor.SignedIn(server, Viewer), await Visitor.SignedIn(server, Viewer));
        var kept = gone.Cookie;
        Assert.Equal(204, (await gone.Send(HttpMethod.Delete, "/api/session")).Status);
        gone.Cookie = kept;
        Assert.Equal(401, (await gone.Send(HttpMethod.Get, "/api/status")).Status);
        var forged = new Visitor(server) { Cookie = old.Cookie![..^2] + (old.Cookie[^2] == 'A' ? "BB" : "AA") };
        Assert.Equal(401, (await forged.Send(HttpMethod.Get, "/api/status")).Status);
        Assert.Equal(200, (await old.Send(HttpMethod.Get, "/api/status")).Status);

        time.Advance(TimeSpan.FromHours(12));

        Assert.Equal(401, (await old.Send(HttpMethod.Get, "/api/status")).Status);
    }

    [Fact]
    public async Task SignIn_TriedTooOften_WaitsForTheMinuteToEnd()
    {
        var time = new ManualTime();
        await using var server = await Start(WithTokens, time: time);
        var guesser = new Visitor(server);
        for (var i = 0; i < SignInLimit.PerAddress; i++)
            Assert.Equal(401, (await guesser.Send(HttpMethod.Post, "/api/session", new { token = "guess" })).Status);

        // Then the right token is not taken either, neither way: guessing it would show.
        var (status, problem) = await guesser.Send(HttpMethod.Post, "/api/session", new { token = Trader });
        Assert.Equal(429, status);
        Assert.Contains("a minute", problem.GetProperty("detail").GetString());
        Assert.Equal(429, (await guesser.Send(HttpMethod.Get, "/api/status", null, ("Authorization", "Bearer guess"))).Status);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, (await guesser.Send(HttpMethod.Post, "/api/session", new { token = Trader })).Status);
    }

    [Fact]
    public void SignInLimit_FromManyAddresses_HoldsOverAll()
    {
        var limit = new SignInLimit(new ManualTime());
        for (var i = 0; i < SignInLimit.Overall; i++) Assert.Null(limit.Try($"10.0.0.{i}"));

        Assert.Equal(TimeSpan.FromMinutes(1), limit.Try("10.0.1.1"));
    }

    [Fact]
    public async Task Principal_WithoutATrustedFront_IsIgnored()
    {
        await using var server = await Start(WithTokens);

        var (status, _) = await new Visitor(server).Send(HttpMethod.Get, "/api/status", null, (FrontPrincipal.Header, Principal("trader")));

        Assert.Equal(401, status);
    }

    [Theory]
    [InlineData("trader", 200)]
    [InlineData("reader", 403)]
    public async Task Principal_OfATrustedFront_HasItsRole(string role, int expected)
    {
        await using var server = await Start(new() { TrustedFront = true });
        var visitor = new Visitor(server);
        var header = (FrontPrincipal.Header, Principal(role));
        Assert.Equal(401, (await new Visitor(server).Send(HttpMethod.Get, "/api/status")).Status);

        var (_, session) = await visitor.Send(HttpMethod.Get, "/api/session", null, header);
        var (status, _) = await visitor.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""), header);

        Assert.Equal("ann@example.org", session.GetProperty("user").GetString());
        Assert.Equal(expected, status);
        // The cookie without the front's word is nothing.
        Assert.Equal(401, (await visitor.Send(HttpMethod.Get, "/api/status")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    public void Principal_ThatCannotBeRead_IsNobody(string header) => Assert.Null(FrontPrincipal.Read(header));

    [Fact]
    public void Create_OnAnyAddressWithoutSignIn_IsRefusedWithASentence()
    {
        var open = new DashboardOptions { LoopbackOnly = false };
        Assert.Contains("FUTURESBOT_DASHBOARD_TOKEN", AccessRules.Fault(open));
        Assert.Contains("allowed_hosts", AccessRules.Fault(open with { TraderToken = new(Trader) }));
        Assert.Null(AccessRules.Fault(open with { TraderToken = new(Trader), AllowedHosts = ["bot.example"] }));
        Assert.Null(AccessRules.Fault(open with { TrustedFront = true, AllowedHosts = ["bot.example"] }));
        Assert.Throws<InvalidOperationException>(() => DashboardHost.Create(
            new FuturesBot.Dashboard.Sample.SampleSource(1, TimeProvider.System), open));
    }

    [Fact]
    public void Tokens_AreLongAndNeverPrinted()
    {
        Assert.Throws<ArgumentException>(() => new AccessToken("short"));
        Assert.DoesNotContain(Trader, WithTokens.ToString());
        Assert.DoesNotContain(Trader, new SignInRequest { Token = Trader }.ToString());
    }

    [Theory]
    [InlineData("text/plain", "{}", 415)]
    [InlineData("application/json", "{\"changes\":{\"size\":1},\"more\":1}", 400)]
    [InlineData("application/json", "{", 400)]
    [InlineData("application/json", "null", 400)]
    [InlineData("application/json", "{\"changes\":{\"size\":[1]}}", 400)]
    public async Task Body_ThatIsNotAsDescribed_IsRefused(string type, string body, int expected)
    {
        await using var server = await Start();
        Assert.Equal(expected, await Put(server, await Visitor.At(server), new StringContent(body, null, type)));
    }

    [Fact]
    public async Task Body_ThatIsTooLong_IsNotRead()
    {
        await using var server = await Start();
        var body = new StringContent(new string(' ', Body.LongestRead + 1), null, "application/json");
        Assert.Equal(413, await Put(server, await Visitor.At(server), body));
    }

    [Fact]
    public async Task Failure_OfARoute_KeepsTheSecurityHeaders()
    {
        await using var server = await Start();
        var visitor = await Visitor.At(server);
        using var request = Request(visitor, new StringContent("{\"changes\":{\"throw\":1}}", null, "application/json"));

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("asked for", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Audit_OfEveryChange_SaysWhoWhatAndResultAndNoSecret()
    {
        var audit = new HeardAudit();
        await using var server = await Start(WithTokens, audit: audit);
        await new Visitor(server).Send(HttpMethod.Post, "/api/session", new { token = "wrong-token-0123456789" });
        var trader = await Visitor.SignedIn(server, Trader);
        await trader.Send(HttpMethod.Get, "/api/settings");
        await trader.Send(HttpMethod.Put, "/api/settings", new { changes = new { size = 98765432 } }, ("If-Match", "\"3\""));
        await trader.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""));
        await (await Visitor.SignedIn(server, Viewer)).Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"4\""));

        Assert.Equal(
            [
                "(none) POST /api/session 401 refused", "trader POST /api/session 200 done", "trader PUT /api/settings 422 refused",
                "trader PUT /api/settings 200 done", "viewer POST /api/session 200 done", "viewer PUT /api/settings 403 refused",
            ],
            audit.Entries.Select(e => $"{e.User ?? "(none)"} {e.What} {e.Status} {e.Result}"));
        var lines = audit.Entries.Select(entry => JsonSerializer.Serialize(entry, DashboardJson.Options)).ToArray();
        Assert.Contains("\"to\":{\"size\":\"5\"}", lines[3]);
        Assert.All(lines, line => Assert.DoesNotContain("token-0123456789", line));
        Assert.DoesNotContain("98765432", lines[2]);
    }

    [Fact]
    public async Task Audit_OfAFloodOfRefusals_CountsWhatItDoesNotWrite()
    {
        var (audit, time) = (new HeardAudit(), new ManualTime());
        await using var server = await Start(audit: audit, time: time);
        var stranger = new Visitor(server);
        for (var i = 0; i < 75; i++) await stranger.Send(HttpMethod.Put, "/api/settings", Change);
        Assert.Equal(60, audit.Entries.Count);

        time.Advance(TimeSpan.FromMinutes(1));
        await stranger.Send(HttpMethod.Put, "/api/settings", Change);

        Assert.Equal(15, audit.Entries.Last().Unwritten);
    }

    private static Task<PageServer> Start(
        DashboardOptions? options = null, OneSetting? settings = null, HeardAudit? audit = null, TimeProvider? time = null) =>
        PageServer.Start(
            options ?? new(), more: sources => sources with { Settings = settings ?? new OneSetting(), Audit = audit }, time: time);

    private static async Task<int> Put(PageServer server, Visitor visitor, HttpContent body)
    {
        using var request = Request(visitor, body);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (int)response.StatusCode;
    }

    private static HttpRequestMessage Request(Visitor visitor, HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/settings") { Content = body };
        request.Headers.Add("Cookie", visitor.Cookie);
        request.Headers.Add("X-CSRF-Token", visitor.Csrf);
        request.Headers.Add("If-Match", "\"3\"");
        return request;
    }

    private static string Principal(string role) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
    {
        auth_typ = "aad",
        name_typ = "name",
        role_typ = "roles",
        claims = new[] { new { typ = "name", val = "ann@example.org" }, new { typ = "roles", val = role } },
    }));
}
