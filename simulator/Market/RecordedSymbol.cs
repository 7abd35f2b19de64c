namespace FuturesBot.Simulator.Market;

/// <summary>One recorded symbol, as far as it was told.</summary>
internal sealed class RecordedSymbol
{
    private const long MinuteMs = KlineMath.MinuteMs;
    private const long AggregateMs = 100;

    private readonly DepthRecording _recording;
    private readonly List<(AggTrade Trade, int Last)> _aggregates = [];
    private readonly KlineLadder _ladder = new(completeFromMs: 0);
    private readonly int _place;
    private KlineRow? _minute;
    private int _told;
    private int _trades;
    private int _aggregatesTold;

    public RecordedSymbol(int place, DepthRecording recording)
    {
        (_place, _recording) = (place, recording);
        Book = new(recording.Snapshot!);
        for (var i = 0; i < recording.Trades.Count; i++) Aggregate(i);
    }

    public MarketSymbol Facts => _recording.Facts;

    public RecordedBook Book { get; }

    public List<KlineRow> Minutes { get; } = [];

    public long FirstMs => _recording.Events[0].DueMs;

    public long EndMs => _recording.Events[^1].DueMs;

    public long LastTicks { get; private set; }

    public long LastSteps { get; private set; }

    /// <summary>True while trades were told that the running candles were not told of.</summary>
    public bool HasNews { get; set; }

    public IEnumerable<AggTrade> Aggregates => _aggregates.Take(_aggregatesTold).Select(entry => entry.Trade);

    public List<MarketTrade> Trades => [.. _recording.Trades.Take(_trades)];

    /// <summary>The middle of the best prices, or the last price before there are any.</summary>
    public decimal Mark
    {
        get
        {
            var best = Book.Best;
            return Math.Round(((Facts.TickSize * (best.Bid.Ticks + best.Ask.Ticks)) / 2) + 0.00000000m, 8);
        }
    }

    public void TellUntil(long timeMs, MarketFeeds wants, IMarketListener into)
    {
        for (; _told < _recording.Events.Count && _recording.Events[_told].DueMs <= timeMs; _told++)
        {
            var (kind, place, dueMs) = _recording.Events[_told];
            switch (kind)
            {
                case RecordedKind.Depth:
                    TellDelta(_recording.Delta(place), wants, into);
                    break;
                case RecordedKind.Ticker:
                    TellTicker(_recording.Ticker(place), wants, into);
                    break;
                default:
                    TellTrade(place, dueMs, wants, into);
                    break;
            }
        }
    }

    /// <summary>Ends the minute before <paramref name="endMs"/>; one without trades is flat.</summary>
    public void Close(long endMs, IMarketListener into)
    {
        if (_minute is null && LastTicks > 0) _minute = Flat(endMs - MinuteMs, LastTicks);
        if (_minute is { } row)
        {
            Minutes.Add(row);
            _ladder.Add(row);
        }

        _minute = null;
        _ladder.Close(endMs, _place, into);
    }

    public bool TryRunning(KlineInterval interval, long nowMs, out KlineRow row)
    {
        var minute = _minute ?? (LastTicks > 0 && nowMs % MinuteMs != 0 ? Flat(nowMs / MinuteMs * MinuteMs, LastTicks) : null);
        var isOpen = _ladder.TryOpen(interval, out row);
        if (minute is not { } now) return isOpen;
        row = isOpen ? KlineMath.Join(row, now) : KlineMath.Begin(interval, now);
        return true;
    }

    private void TellDelta(in RecordedDelta recorded, MarketFeeds wants, IMarketListener into)
    {
        var delta = new DepthDelta(
            recorded.EventMs, recorded.TransactionMs, recorded.FirstId, recorded.LastId, recorded.PreviousLastId,
            _recording.LevelsOf(recorded, isBids: true), _recording.LevelsOf(recorded, isBids: false));
        Book.Apply(delta);
        if (wants.HasFlag(MarketFeeds.Depth)) into.OnDepth(_place, delta);
    }

    private void TellTicker(in BookTicker ticker, MarketFeeds wants, IMarketListener into)
    {
        Book.Note(ticker);
        if (!wants.HasFlag(MarketFeeds.BookTicker)) return;
        into.OnQuote(_place, ticker.Bid.Ticks, ticker.Ask.Ticks, ticker.EventMs);
        into.OnBookTicker(_place, ticker);
    }

    private void TellTrade(int place, long dueMs, MarketFeeds wants, IMarketListener into)
    {
        var trade = _recording.Trades[place];
        _trades = place + 1;
        Run(trade, dueMs / MinuteMs * MinuteMs);
        if (wants.HasFlag(MarketFeeds.Trades)) into.OnTrade(_place, trade);
        for (; _aggregatesTold < _aggregates.Count && _aggregates[_aggregatesTold].Last == place; _aggregatesTold++)
        {
            if (wants.HasFlag(MarketFeeds.AggTrades)) into.OnAggTrade(_place, _aggregates[_aggregatesTold].Trade);
        }
    }

    // A trade belongs to the minute that it is told in: one that is some milliseconds late goes into the next candle.
    private void Run(in MarketTrade trade, long openMs)
    {
        (LastTicks, LastSteps, HasNews) = (trade.Ticks, trade.Steps, true);
        var quote = (double)(Facts.Price(trade.Ticks) * Facts.Quantity(trade.Steps));
        var bought = trade.BuyerIsMaker ? 0 : trade.Steps;
        var row = new KlineRow(
            openMs, openMs + MinuteMs - 1, trade.Ticks, trade.Ticks, trade.Ticks, trade.Ticks, trade.Steps, quote, 1, bought,
            bought > 0 ? quote : 0, trade.Id, trade.Id);
        _minute = _minute is { } minute ? KlineMath.Join(minute, row) : row;
    }

    private static KlineRow Flat(long openMs, long ticks) =>
        new(openMs, openMs + MinuteMs - 1, ticks, ticks, ticks, ticks, 0, 0, 0, 0, 0, -1, -1);

    // The exchange's rule: one taker side, one price, a tenth of a second.
    private void Aggregate(int place)
    {
        var trade = _recording.Trades[place];
        if (_aggregates.Count > 0)
        {
            var (last, _) = _aggregates[^1];
            var begin = last.TimeMs;
            if (last.Ticks == trade.Ticks && last.BuyerIsMaker == trade.BuyerIsMaker && trade.TimeMs - begin < AggregateMs && trade.Id == last.LastTradeId + 1)
            {
                _aggregates[^1] = (last with { LastTradeId = trade.Id, Steps = last.Steps + trade.Steps }, place);
                return;
            }
        }

        _aggregates.Add((new(_aggregates.Count + 1, trade.Id, trade.Id, trade.TimeMs, trade.Ticks, trade.Steps, trade.BuyerIsMaker), place));
    }
}
