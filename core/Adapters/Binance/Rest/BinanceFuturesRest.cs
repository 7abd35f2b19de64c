using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// Binance USDT-M futures over REST: one method for each endpoint that is used. Questions answer or throw an
/// <see cref="ExchangeException"/>; what moves orders gives an <see cref="OrderOutcome{T}"/>, because "nobody knows" is
/// an answer there.
/// </summary>
public sealed partial class BinanceFuturesRest : IDepthSnapshots, IListenKeys, IDisposable
{
    private readonly RestParts _parts;
    private readonly RestPipe _pipe;
    private readonly NewsDesk _news;
    private readonly ExchangeInfoReader _exchangeInfo;
    private readonly OrderAnswers _orders;

    public BinanceFuturesRest(RestParts parts)
    {
        (_parts, _pipe) = (parts, new(parts));
        _news = new(parts.Logs.CreateLogger<NewsDesk>());
        _exchangeInfo = new(_news.Tell);
        _orders = new(_news.Tell);
    }

    /// <summary>What was asked and what went wrong.</summary>
    public RestTally Tally => _pipe.Tally;

    /// <summary>Reads the exchange's clock five times; signed requests do so by themselves.</summary>
    /// <exception cref="ExchangeException">It cannot be read.</exception>
    public Task SynchroniseClockAsync(CancellationToken cancel = default) => _pipe.ReadClockAsync(_pipe.Clock.Version, cancel);

    public void Dispose() => _pipe.Dispose();

    private async Task<T> AskAsync<T>(
        Endpoint endpoint, RequestForm form, RequestLane lane, Func<JsonElement, long, T> read, CancellationToken cancel)
    {
        var result = await _pipe.SendAsync(endpoint, form, lane, cancel);
        if (result is RestResult.Failed failed) throw failed.Error.ToException();
        return TryRead(endpoint, (RestResult.Answered)result, read, out var value, out var error) ? value : throw error.ToException();
    }

    private Task<T> AskAsync<T>(Endpoint endpoint, RequestForm form, RequestLane lane, Func<JsonElement, T> read, CancellationToken cancel) =>
        AskAsync(endpoint, form, lane, (root, _) => read(root), cancel);

    private Task<IReadOnlyList<T>> ListAsync<T>(Endpoint endpoint, RequestForm form, RequestLane lane, Func<JsonElement, T> read, CancellationToken cancel) =>
        AskAsync<IReadOnlyList<T>>(endpoint, form, lane, (root, _) => [.. root.List("entries").Select(read)], cancel);

    // Of all symbols: one that cannot be read does not take the others with it.
    private Task<IReadOnlyList<T>> SurveyAsync<T>(Endpoint endpoint, RequestForm form, RequestLane lane, Func<JsonElement, T> read, CancellationToken cancel) =>
        AskAsync<IReadOnlyList<T>>(endpoint, form, lane, (root, _) =>
        {
            var (entries, bad) = (new List<T>(), (MalformedException?)null);
            foreach (var row in root.List("entries"))
            {
                try
                {
                    entries.Add(read(row));
                }
                catch (MalformedException e)
                {
                    bad = e;
                    var name = row.TextOrEmpty("symbol");
                    _news.Tell($"{endpoint} left out {(name.Length is > 0 and <= 40 ? name : "an entry")}: {e.Message}");
                }
            }

            return entries.Count > 0 || bad is null ? entries : throw bad;
        }, cancel);

    private async Task<OrderOutcome<T>> MoveAsync<T>(
        Endpoint endpoint, RequestForm form, RequestLane lane, Func<JsonElement, T> read, CancellationToken cancel)
    {
        var result = await _pipe.SendAsync(endpoint, form, lane, cancel);
        if (result is RestResult.Answered answered)
        {
            // Taken, but how: that is not known either.
            return TryRead(endpoint, answered, (root, _) => read(root), out var value, out var unreadable)
                ? new OrderOutcome<T>.Accepted(value)
                : new OrderOutcome<T>.Unknown(unreadable);
        }

        var error = ((RestResult.Failed)result).Error;
        return error.Rule.Fate switch
        {
            ErrorFate.Rejected => new OrderOutcome<T>.Rejected(error),
            ErrorFate.NotExecuted => new OrderOutcome<T>.NotExecuted(error),
            _ => new OrderOutcome<T>.Unknown(error),
        };
    }

    // Settings that are so already are done (−4046, −4059).
    private async Task SetAsync(Endpoint endpoint, RequestForm form, RequestLane lane, CancellationToken cancel)
    {
        var result = await _pipe.SendAsync(endpoint, form, lane, cancel);
        if (result is RestResult.Failed { Error: var error } && error.Rule.Advice != ErrorAdvice.TakeAsDone) throw error.ToException();
    }

    private bool TryRead<T>(Endpoint endpoint, RestResult.Answered answered, Func<JsonElement, long, T> read, out T value, out RestError error)
    {
        (value, error) = (default!, null!);
        try
        {
            using var document = JsonDocument.Parse(answered.Body);
            value = read(document.RootElement, answered.SentMs);
            return true;
        }
        catch (Exception e) when (e is JsonException or MalformedException)
        {
            // The parser's own text quotes what it stumbled over, which may be a key.
            error = _pipe.Unreadable(endpoint, e is JsonException ? $"{answered.Body.Length} bytes that are no JSON" : _parts.Redactor.Clean(e.Message));
            return false;
        }
    }

    private static Acknowledged Done(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object ? default : throw new MalformedException("no acknowledgement");

    private static RequestForm Of(Symbol symbol) => new RequestForm().Add("symbol", symbol.Name);

    private static RequestForm Of(Symbol? symbol) => new RequestForm().Add("symbol", symbol?.Name);
}
