using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Orders and the account as a part of the exchange.</summary>
internal sealed class TradingPart : IExchangePart
{
    private const long DayMs = 24 * 3_600_000L;
    private const long ShortHistoryMs = 92 * DayMs;
    private const long LongHistoryMs = 184 * DayMs;

    private readonly IMarket _market;
    private readonly bool _hasAlgoService;
    private readonly MarketView _view;
    private readonly OrderEndpoints _orders;
    private readonly AlgoEndpoints _algos;
    private readonly AccountEndpoints _account;

    /// <param name="market">The market.</param>
    /// <param name="events">Where the account's events go.</param>
    /// <param name="changes">Which of the exchange's changes are in force.</param>
    /// <param name="settling">How long an order stays invisible after it was placed.</param>
    /// <param name="wall">Wall time.</param>
    /// <param name="options">Account and bounds.</param>
    public TradingPart(
        IMarket market, IUserEvents events, ExchangeChanges changes, ISettling settling, TimeProvider wall,
        TradingOptions options)
    {
        (_market, _view, _hasAlgoService) = (market, new(market), changes.AlgoService);
        options = options with { FillsKeptMs = changes.ShortTradeHistory ? ShortHistoryMs : LongHistoryMs };
        var writer = new UserEventWriter(events, options.Account, changes, () => _view.NowMs);
        Engine = new(_view, options, writer, VisibleAt, settling.TriggersForMs);
        writer.Follow(Engine);
        Listener = new TradingFeed(Engine, _view);

        var reading = new Reading(Engine);
        var reader = new OrderReader(reading, changes);
        var orders = new OrderJson(changes);
        var sight = new Sight(wall);
        _orders = new(Engine, reading, reader, orders, sight, changes);
        _algos = new(Engine, reading, reader, orders, sight);
        _account = new(Engine, reading, options);

        long VisibleAt(string path, string symbol) =>
            settling.HiddenForMs(path, symbol) is > 0 and var hidden
                ? wall.GetUtcNow().ToUnixTimeMilliseconds() + hidden
                : 0;
    }

    public TradingPart(ExchangeContext context)
        : this(
            context.Market, context.UserEvents, context.Changes, context.Settling, context.Wall,
            new() { StartBalance = context.Options.WalletBalance })
    {
    }

    public TradingEngine Engine { get; }

    public IMarketListener Listener { get; }

    public IEnumerable<Endpoint> Endpoints =>
        from endpoint in _orders.Endpoints.Concat(_hasAlgoService ? _algos.Endpoints : []).Concat(_account.Endpoints)
        let carryOut = endpoint.Handle
        select endpoint with { Handle = call => OnTime(call, carryOut) };

    /// <summary>What was due before the call happens before it.</summary>
    private Answer OnTime(ApiCall call, Func<ApiCall, Answer> carryOut)
    {
        _view.Reach(Math.Max(call.NowMs, _market.NowMs));
        Engine.OnTime();
        return carryOut(call);
    }
}
