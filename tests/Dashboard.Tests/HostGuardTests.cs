namespace FuturesBot.Dashboard.Tests;

public sealed class HostGuardTests
{
    [Theory]
    [InlineData("localhost:8080", 200)]
    [InlineData("127.0.0.1:8080", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example:8080", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("10.0.0.5:8080", 403)]
    public async Task Get_WithAHostHeader_IsAnsweredOnlyForOurNames(string host, int status)
    {
        await using var server = await PageServer.Start();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = host;

        var response = await server.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_WithAnAllowedName_IsAnswered()
    {
        await using var server = await PageServer.Start(new DashboardOptions { AllowedHosts = ["bot.example"] });
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = "bot.example";

        Assert.Equal(200, (int)(await server.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    [InlineData("/api/nothing")]
    public async Task Get_OfAnything_CarriesTheSecurityHeaders(string path)
    {
        await using var server = await PageServer.Start();

        var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }
}
