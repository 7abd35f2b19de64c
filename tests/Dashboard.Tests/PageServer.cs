using System.Text.Json;
using FuturesBot.Dashboard.Sample;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace FuturesBot.Dashboard.Tests;

/// <summary>The whole HTTP side in this process, over the invented data.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(WebApplication app, SampleSource source) => (_app, Source, Client) = (app, source, app.GetTestClient());

    public SampleSource Source { get; }

    public HttpClient Client { get; }

    public WebApplication App => _app;

    /// <param name="sources">Makes all sources; those of the sample when null.</param>
    /// <param name="more">Changes them.</param>
    public static async Task<PageServer> Start(
        DashboardOptions? options = null,
        Func<SampleSource, DashboardSources>? sources = null,
        Func<DashboardSources, DashboardSources>? more = null,
        TimeProvider? time = null)
    {
        var source = new SampleSource(seed: 7, TimeProvider.System);
        var all = (sources ?? SampleSources.Of)(source);
        var app = DashboardHost.Create(
            more?.Invoke(all) ?? all,
            options ?? new DashboardOptions { StreamInterval = TimeSpan.FromMilliseconds(5) },
            time,
            server: host => host.UseTestServer());
        await app.StartAsync();
        return new(app, source);
    }

    public async Task<JsonElement> Json(string path)
    {
        var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{path} gave {response.StatusCode}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>A client that may change something: it holds the session's cookie and its CSRF token.</summary>
    public async Task<HttpClient> Trader()
    {
        var session = await Client.GetAsync(new Uri("/api/session", UriKind.Relative));
        var client = _app.GetTestClient();
        client.DefaultRequestHeaders.Add("Cookie", session.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        var token = JsonDocument.Parse(await session.Content.ReadAsStringAsync()).RootElement.GetProperty("csrf").GetString();
        client.DefaultRequestHeaders.Add(AccessGate.CsrfHeader, token);
        return client;
    }

    public async Task<(int Status, JsonElement Problem)> Problem(HttpRequestMessage request, HttpClient? client = null)
    {
        var response = await (client ?? Client).SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)response.StatusCode, problem);
    }

    public Task<(int Status, JsonElement Problem)> Problem(string path) =>
        Problem(new HttpRequestMessage(HttpMethod.Get, path));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
