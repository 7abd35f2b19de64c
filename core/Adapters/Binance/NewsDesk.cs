using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance;

/// <summary>Says each new thing of the exchange once: a field, a filter or a name that this version does not know.</summary>
public sealed partial class NewsDesk(ILogger<NewsDesk> log)
{
    private const int Most = 1_000;   // of a stream of rubbish the first thousand lines tell all that can be told

    private readonly ILogger _log = log;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = [];

    /// <summary>How many different things there were.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _told.Count;
        }
    }

    /// <param name="what">The thing with its value, such as <c>exchangeInfo filter 'X_FILTER'</c>.</param>
    public void Tell(string what)
    {
        lock (_gate)
        {
            if (_told.Count >= Most || !_told.Add(what)) return;
        }

        LogNews(what);
    }

    [LoggerMessage(3121, LogLevel.Information, "New from the exchange and left aside: {What}")]
    private partial void LogNews(string what);
}
