using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Sample;
using Microsoft.AspNetCore.Builder;

namespace FuturesBot.Browser.Tests;

/// <summary>The page over invented data on a free port, with a market that moves. One for a test class.</summary>
public sealed class SampleHost : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ends = new();
    private WebApplication? _app;
    private Task _moves = Task.CompletedTask;

    public SampleSource Source { get; } = new(seed: 7, TimeProvider.System, trades: 150);

    /// <summary>Where the page is, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Start(port: 0);
        _moves = Move();
    }

    /// <summary>Ends the server: open pages lose their stream.</summary>
    public async Task Stop()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>The same address again, over the same source.</summary>
    public Task Resume() => Start(new Uri(Address).Port);

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _moves;
        await Stop();
        _ends.Dispose();
    }

    private async Task Start(int port)
    {
        _app = DashboardHost.Create(SampleSources.Of(Source), new DashboardOptions { Port = port });
        await _app.StartAsync();
        Address = $"http://localhost:{new Uri(_app.Urls.First()).Port}";
    }

    private async Task Move()
    {
        using var ticks = new PeriodicTimer(Step);
        try
        {
            while (await ticks.WaitForNextTickAsync(_ends.Token)) Source.Advance(15_000);
        }
        catch (OperationCanceledException) when (_ends.IsCancellationRequested)
        {
            // The end of the test class.
        }
    }
}
