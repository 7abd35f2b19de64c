namespace FuturesBot.Dashboard.Tests;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("/api/candles?symbol=btc", 400, "btc", "BTCUSDT")]
    [InlineData("/api/candles", 400, "missing", "BTCUSDT")]
    [InlineData("/api/candles?symbol=BTCUSDT&timeframe=7m", 400, "7m", "1m, 5m, 15m, 1h, 4h, 1d")]
    [InlineData("/api/indicators?symbol=BTCUSDT&limit=0", 400, "'0'", "1 to 5000")]
    [InlineData("/api/candles?symbol=BTCUSDT&limit=-3", 400, "'-3'", "1 to 5000")]
    [InlineData("/api/signals?state=dead", 400, "dead", "open, closed")]
    [InlineData("/api/performance?days=x", 400, "'x'", "0 to 3660")]
    [InlineData("/api/events?symbol=NOPE", 400, "NOPE", "BTCUSDT")]
    [InlineData("/api/nothing", 404, "/api/nothing", "/api/status")]
    [InlineData("/nothing.js", 404, "nothing.js", "/")]
    public async Task Get_WithAFault_NamesWhatWasWrongAndWhatIsAllowed(
        string path, int status, string wrong, string allowed)
    {
        await using var server = await PageServer.Start();

        var (given, problem) = await server.Problem(path);

        Assert.Equal(status, given);
        Assert.Contains(wrong, problem.GetProperty("detail").GetString());
        Assert.Contains(allowed, problem.GetProperty("allowed").GetString());
    }

    [Fact]
    public async Task Signal_WithAnUnknownId_IsNotFound()
    {
        await using var server = await PageServer.Start();

        var (status, problem) = await server.Problem("/api/signals/doesnotexist");

        Assert.Equal(404, status);
        Assert.Contains("doesnotexist", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Post_ToARouteThatOnlyReads_IsRefusedWithDetails()
    {
        await using var server = await PageServer.Start();

        var (status, problem) = await (await Visitor.At(server)).Send(HttpMethod.Post, "/api/status");

        Assert.Equal(405, status);
        Assert.Contains("POST", problem.GetProperty("detail").GetString());
    }
}
