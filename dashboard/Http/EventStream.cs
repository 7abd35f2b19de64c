using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>
/// One page's server-sent events. It looks for news a few times a second and writes what there is, so a
/// burst costs one flush, a slow page holds up nobody, and memory is bounded by the feed.
/// </summary>
/// <remarks>
/// Events: <c>candle signal refusal regime journal</c> carry an id and can be resumed; <c>running prices
/// heartbeat</c> <c>book</c> and <c>chat</c> are the newest state and carry none; <c>reset</c> says "read everything again".
/// </remarks>
internal sealed class EventStream(
    IDashboardSource source, DashboardOptions options, TimeProvider time, Symbol? symbol, TimeFrame frame)
{
    /// <summary>Prices of all symbols need not be newer than half a second.</summary>
    private const int RoundsPerPrices = 2;

    /// <summary>Faster than this nobody reads a ladder.</summary>
    private static readonly TimeSpan BookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Numbers of another process are not ours: the start time tells them apart.</summary>
    private readonly string _run = source.Status().StartedAtMs.ToString(CultureInfo.InvariantCulture);

    private readonly List<(long Id, DashboardPush Push)> _news = [];
    private readonly Dictionary<Symbol, double> _prices = [];
    private long _read;
    private Candle? _running;
    private (string Trust, long Update)? _book;
    private long _bookAt;
    private long? _chat;

    /// <summary>Null when the page asks for no book.</summary>
    public IOrderBookSource? Books { get; init; }

    /// <summary>Levels on each side.</summary>
    public int BookLevels { get; init; }

    /// <summary>Null where there is no chat to show.</summary>
    public IChatTranscript? Chat { get; init; }

    public async Task Write(HttpResponse response, string? lastEventId, CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        await response.WriteAsync("retry: 1000\n\n", cancellation);
        if (!Resumes(lastEventId)) await Send(response, "reset", new { }, _read, cancellation);

        var beat = time.GetTimestamp();
        await Send(response, "heartbeat", Beat(), id: null, cancellation);
        for (var round = 0; ; round = (round + 1) % RoundsPerPrices)
        {
            await SendNews(response, cancellation);
            await SendRunning(response, cancellation);
            await SendBook(response, cancellation);
            await SendChat(response, cancellation);
            if (round == 0) await SendPrices(response, cancellation);
            if (time.GetElapsedTime(beat) >= options.Heartbeat)
            {
                beat = time.GetTimestamp();
                await Send(response, "heartbeat", Beat(), id: null, cancellation);
            }

            await response.Body.FlushAsync(cancellation);
            await Task.Delay(options.StreamInterval, time, cancellation);
        }
    }

    /// <summary>False when the page missed something that is no longer kept.</summary>
    private bool Resumes(string? lastEventId)
    {
        _read = source.Feed.LastId;
        if (string.IsNullOrEmpty(lastEventId)) return true;

        var parts = lastEventId.Split('-');
        if (parts.Length != 2 || parts[0] != _run) return false;
        if (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        if (!source.Feed.TryReadAfter(id, _news)) return false;
        _news.Clear();
        _read = id;
        return true;
    }

    private async Task SendNews(HttpResponse response, CancellationToken cancellation)
    {
        _news.Clear();
        if (!source.Feed.TryReadAfter(_read, _news))
        {
            _read = source.Feed.LastId;
            await Send(response, "reset", new { }, _read, cancellation);
            return;
        }

        foreach (var (id, push) in _news)
        {
            _read = id;
            if (Wire(push) is var (name, payload)) await Send(response, name, payload, id, cancellation);
        }
    }

    /// <summary>Null for a candle that this page does not show.</summary>
    private (string Name, object Payload)? Wire(DashboardPush push) => push switch
    {
        DashboardPush.CandleClosed c when c.Timeframe == frame && (symbol is null || symbol == c.Symbol) =>
            ("candle", new CandleNews(c.Symbol, c.Timeframe, CandleView.From(c.Candle))),
        DashboardPush.CandleClosed => null,
        DashboardPush.SignalChanged s => ("signal", s.Signal),
        DashboardPush.Refused r => ("refusal", r.Refusal),
        DashboardPush.RegimeChanged r => ("regime", r.Regime),
        DashboardPush.Happened h => ("journal", h.Entry),
        _ => throw new InvalidOperationException($"Push {push.GetType().Name} has no name on the wire"),
    };

    private async Task SendRunning(HttpResponse response, CancellationToken cancellation)
    {
        if (symbol is not { } shown || source.Running(shown, frame) is not { } running) return;
        if (_running == running.SoFar) return;
        _running = running.SoFar;
        var news = new CandleNews(shown, frame, CandleView.From(running.SoFar));
        await Send(response, "running", news, id: null, cancellation);
    }

    private async Task SendBook(HttpResponse response, CancellationToken cancellation)
    {
        if (Books is null || symbol is not { } shown) return;
        if (_book is not null && time.GetElapsedTime(_bookAt) < BookEvery) return;
        if (Books.Book(shown, BookLevels) is not { } book || _book == (book.Trust, book.LastUpdateId)) return;
        (_book, _bookAt) = ((book.Trust, book.LastUpdateId), time.GetTimestamp());
        await Send(response, "book", book, id: null, cancellation);
    }

    /// <summary>That it changed, not what: the page reads it when it shows it.</summary>
    private async Task SendChat(HttpResponse response, CancellationToken cancellation)
    {
        if (Chat?.Version is not { } version || version == _chat) return;
        _chat = version;
        await Send(response, "chat", new ChatNews(version), id: null, cancellation);
    }

    private async Task SendPrices(HttpResponse response, CancellationToken cancellation)
    {
        var changed = new Dictionary<string, double>();
        foreach (var view in source.Symbols())
        {
            if (_prices.TryGetValue(view.Symbol, out var before) && before.Equals(view.Last)) continue;
            _prices[view.Symbol] = view.Last;
            changed[view.Symbol.Name] = view.Last;
        }

        if (changed.Count > 0) await Send(response, "prices", changed, id: null, cancellation);
    }

    private HeartbeatNews Beat()
    {
        var status = source.Status();
        return new(status.MarketTimeMs, time.GetUtcNow().ToUnixTimeMilliseconds(), status.Ready, status.ReplayProgress);
    }

    private Task Send(HttpResponse response, string name, object payload, long? id, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(payload, DashboardJson.Options);
        var line = id is null ? "" : $"id: {_run}-{id}\n";
        return response.WriteAsync($"{line}event: {name}\ndata: {json}\n\n", cancellation);
    }

    private sealed record CandleNews(Symbol Symbol, TimeFrame Timeframe, CandleView Candle);

    private sealed record ChatNews(long Version);

    private sealed record HeartbeatNews(long MarketTimeMs, long WallTimeMs, bool Ready, double ReplayProgress);
}
