using System.Collections.Concurrent;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

/// <summary>What every test of streams needs: a server, a time that the test moves, and ears.</summary>
internal sealed class StreamBench : IAsyncDisposable
{
    private static readonly HttpClient Pings = new();

    private readonly Uri _ping;

    private StreamBench(StreamServer server, ManualTime time, StreamOptions options, double speed, int seed)
    {
        (Server, Time) = (server, time);
        _ping = new(server.Address.ToString().Replace("ws://", "http://").TrimEnd('/') + "/ping");
        Clock = new(time, speed);
        Parts = new(
            server.Address, options, time, Clock, new Random(seed),
            new ConnectionBudget(time, options.ConnectionsPerFiveMinutes), Alerts, Log);
    }

    public StreamServer Server { get; }

    public ManualTime Time { get; }

    public ScaledClock Clock { get; }

    public HeardAlerts Alerts { get; } = new();

    public HeardLog Log { get; } = new();

    public StreamParts Parts { get; set; }

    /// <summary>
    /// The defaults, but for the time that this machine's own sockets may take: a test moves time faster than they work,
    /// by hours when it is about hours.
    /// </summary>
    public static StreamOptions Patient { get; } = new() { ConnectSeconds = 1_000_000, ReplySeconds = 1_000_000 };

    public static async Task<StreamBench> StartAsync(StreamOptions? options = null, double speed = 1, int seed = 1)
    {
        var time = new ManualTime();
        return new(await StreamServer.StartAsync(time), time, options ?? Patient, speed, seed);
    }

    /// <summary>
    /// Waits for something that follows by itself; time stands still, or moves by a step every now and then, no faster than
    /// the server answers: on a machine that is busy with other things, sockets fall behind a clock that goes by itself.
    /// </summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan? step = null, string what = "")
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(3), $"Waited three minutes for {what}; the log:\n{string.Join('\n', Log.Lines)}");
            if (step is { } by) await AdvanceAsync(by);
            else await Task.Delay(5);
        }
    }

    /// <summary>Moves time on, after what is under way had its turn.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        await Task.Delay(1);
        using var answer = await Pings.GetAsync(_ping);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>Gives something that must not happen the time to happen.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 20; i++) await AdvanceAsync(TimeSpan.Zero);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Market time that runs at a speed beside the test's wall time.</summary>
internal sealed class ScaledClock(TimeProvider time, double speed) : IExchangeClock
{
    private readonly DateTimeOffset _start = time.GetUtcNow();

    public long NowMs => _start.ToUnixTimeMilliseconds() + (long)((time.GetUtcNow() - _start).TotalMilliseconds * Speed);

    public double Speed => speed;
}

internal sealed class HeardAlerts : IAlerts
{
    private readonly ConcurrentQueue<Alert> _alerts = new();

    public IReadOnlyList<Alert> All => [.. _alerts];

    public void Raise(Alert alert) => _alerts.Enqueue(alert);
}

internal sealed class HeardLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
}

/// <summary>Keeps what a line hands on, in order.</summary>
internal sealed class HeardStreams : IStreamReceiver
{
    private readonly ConcurrentQueue<string> _heard = new();

    /// <summary>Messages as they came, and between them <c>+name</c>, <c>-name</c> and <c>!name</c> for subscribed, lost, refused.</summary>
    public IReadOnlyList<string> All => [.. _heard];

    public IEnumerable<string> Messages => _heard.Where(text => text[0] is not ('+' or '-' or '!'));

    /// <summary>Numbers in messages of the form <c>…"n":7…</c>.</summary>
    public IReadOnlyList<int> Numbers => [.. Messages.Where(text => text.Contains("\"n\":")).Select(NumberOf)];

    public Action<string>? OnMessage { get; set; }

    public long Receive(ReadOnlySpan<byte> message)
    {
        var text = System.Text.Encoding.UTF8.GetString(message);
        OnMessage?.Invoke(text);
        if (!text.Contains("\"n\":") || !text.EndsWith('}')) return -1;
        _heard.Enqueue(text);
        return 0;
    }

    public void Subscribed(IReadOnlyCollection<string> streams) => Add('+', streams);

    public void Lost(IReadOnlyCollection<string> streams) => Add('-', streams);

    public void Refused(string stream) => Add('!', [stream]);

    private static int NumberOf(string text)
    {
        var from = text.IndexOf("\"n\":", StringComparison.Ordinal) + 4;
        var to = text.IndexOf('}', from);
        return int.Parse(text.AsSpan(from, to - from));
    }

    private void Add(char mark, IEnumerable<string> streams)
    {
        foreach (var stream in streams) _heard.Enqueue(mark + stream);
    }
}
