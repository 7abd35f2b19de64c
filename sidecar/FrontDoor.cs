using System.Net.Sockets;
using FuturesBot.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// The one door: at first it says only how far the process is, then the page stands behind it. A page that has to be made anew takes
/// the place of the old one, which goes first where memory is short; browsers reconnect by themselves.
/// </summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private static readonly TimeSpan BindPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BindAgain = TimeSpan.FromMilliseconds(50);

    private readonly Func<DashboardOptions, WebApplication> _waiting;
    private readonly TimeProvider _time;
    private WebApplication _now;

    private FrontDoor(WebApplication first, DashboardOptions options, Func<DashboardOptions, WebApplication> waiting, TimeProvider time) =>
        (_now, Options, _waiting, _time) = (first, options, waiting, time);

    /// <summary>With the port that was taken, where any would do.</summary>
    public DashboardOptions Options { get; }

    /// <summary>Such as <c>http://localhost:8080</c>.</summary>
    public string Address => $"http://localhost:{Options.Port}";

    /// <summary>Opens the door.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FrontDoor> OpenAsync(
        SidecarState state, DashboardOptions options, Action<ILoggingBuilder> logging, TimeProvider time, CancellationToken cancel)
    {
        var first = Waiting(options);
        try
        {
            await first.StartAsync(cancel);
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }

        return new(first, options with { Port = new Uri(first.Urls.First()).Port }, Waiting, time);

        WebApplication Waiting(DashboardOptions at) => DashboardHost.CreateWaiting(() => state.Now, at, logging);
    }

    /// <summary>Puts another page behind the door.</summary>
    public async Task ShowAsync(WebApplication next, CancellationToken cancel)
    {
        await CloseAsync();
        _now = next;
        var began = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await next.StartAsync(cancel);
                return;
            }
            // The port was ours a moment ago; that it is not free yet passes.
            catch (Exception e) when (e is IOException or SocketException && _time.GetElapsedTime(began) < BindPatience)
            {
                await Task.Delay(BindAgain, _time, cancel);
            }
        }
    }

    /// <summary>Takes the page away: until there is another, everybody is told how far the process is.</summary>
    public Task HideAsync(CancellationToken cancel) => ShowAsync(_waiting(Options), cancel);

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        await _now.StopAsync(CancellationToken.None);
        await _now.DisposeAsync();
    }
}
