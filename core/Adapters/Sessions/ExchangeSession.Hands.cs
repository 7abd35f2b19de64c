using System.Text.Json;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Sessions;

/// <content>What people read of the exchange, and what they do by hand: symbols, repairs, downloads.</content>
public sealed partial class ExchangeSession
{
    private const string ByHandName = "symbols_by_hand";

    // A page waits this long for a new symbol's past; then it is told that it is being loaded.
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly SortedDictionary<Symbol, bool> _byHand = new(SymbolUniverse.BtcFirst);   // true: added, false: removed

    /// <summary>Request weight of the last hour, and the bans.</summary>
    public BudgetHistory History { get; }

    /// <summary>Repairs and downloads.</summary>
    public DataJobs Jobs { get; }

    public RestTally Tally => _exchange.Rest.Tally;

    /// <summary>How far the exchange's wall clock is ahead of ours; null when it has none or is not known.</summary>
    public TimeSpan? ClockOffset => _exchange.Clock.Offset;

    /// <summary>The exchange listed this contract when it was last asked.</summary>
    public bool Lists(Symbol symbol) => _listed.ContainsKey(symbol);

    /// <summary>Follows a symbol from now on, whatever its volume; a later run does too.</summary>
    public async Task<SymbolChangeNote> AddAsync(Symbol symbol, CancellationToken cancel)
    {
        var isThere = SymbolsNow().Contains(symbol);
        _wanted.Add(symbol);
        var change = await _universe.RefreshAsync(IsBusy, cancel);
        if (!change.Symbols.Any(one => one.Symbol == symbol))
        {
            _wanted.Forget(symbol);
            return new(symbol, "excluded", change.Excluded.TryGetValue(symbol, out var reason) ? reason : "the exchange does not list it");
        }

        await RememberAsync(symbol, isAdded: true, cancel);
        if (isThere) return new(symbol, "followed", "it was followed already, and stays whatever its volume");
        return await ApplyInTimeAsync(cancel)
            ? new(symbol, SymbolsNow().Contains(symbol) ? "followed" : "loading", "its past is stored, and it is followed from now on")
            : new(symbol, "loading", "its past is being loaded; it is followed as soon as that is there");
    }

    /// <summary>Follows a symbol no longer, nor does a later run; what is open is followed to its end.</summary>
    public async Task<SymbolChangeNote> RemoveAsync(Symbol symbol, CancellationToken cancel)
    {
        if (symbol == Symbol.Btc) return new(symbol, "followed", "BTC leads the market: every other symbol is held against it, so it stays");
        var wasThere = SymbolsNow().Contains(symbol);
        _wanted.Remove(symbol);
        await RememberAsync(symbol, isAdded: false, cancel);
        if (!wasThere) return new(symbol, "left", "it was not followed, and will not be");
        var isBusy = IsBusy(symbol);
        await ApplyInTimeAsync(cancel);
        return isBusy
            ? new(symbol, "draining", "something of it is open: it is followed to its end, nothing new is opened")
            : new(symbol, "left", "it is no longer followed");
    }

    /// <summary>Reads the exchange's list of symbols and their rules anew, and applies it; a sentence of what it came to.</summary>
    public async Task<string> RefreshSymbolsAsync(CancellationToken cancel)
    {
        var change = await _universe.RefreshAsync(IsBusy, cancel);
        await ApplyRefreshedAsync(change, cancel);
        return FormattableString.Invariant($"{change.Followed.Count()} symbols are wanted, {SymbolsNow().Length} followed");
    }

    /// <summary>Fills what is missing of a series in a range that has closed.</summary>
    public Task<SeriesLoad> RepairAsync(SeriesInfo series, long fromMs, long toMs, CancellationToken cancel) =>
        _loader.LoadAsync(series, fromMs, Math.Min(toMs, Clock.NowMs), RequestLane.MarketData, cancel);

    /// <summary>Searches the last hours of these frames for candles that never came, and asks for them.</summary>
    public Task<RefillReport> SearchGapsAsync(IReadOnlyList<TimeFrame> frames, long nowMs, CancellationToken cancel) =>
        _refill.SearchAsync(HistoriesNow(), frames, Math.Min(nowMs, Clock.NowMs), cancel);

    /// <summary>Counts what is stored of the followed symbols against what should be, and mends what it can.</summary>
    /// <param name="days">How far back, at least one.</param>
    public Task<IntegrityReport> CheckAsync(int days, CancellationToken cancel)
    {
        var histories = HistoriesNow().Select(SymbolHistory (symbol) => symbol with
        {
            Bars = symbol.Bars.ToDictionary(entry => entry.Key, entry => (int)Math.Min(entry.Value, days * DayMs / entry.Key.Ms())),
        });
        return _integrity.CheckAsync([.. histories], Clock.NowMs - TimeFrame.M15.Ms(), repair: true, cancel);
    }

    /// <summary>A refresh of the list by the clock; after a change by hand it is read anew, because it may have been read before.</summary>
    private async Task ApplyRefreshedAsync(UniverseChange change, CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            if (_byHand.Count > 0) change = await _universe.RefreshAsync(IsBusy, cancel);
            await ApplyAsync(change, cancel);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Applies what is wanted now, in the background when it takes long; true when it is done.</summary>
    private async Task<bool> ApplyInTimeAsync(CancellationToken cancel)
    {
        var work = Task.Run(
            async () =>
            {
                await _changing.WaitAsync(_stop.Token);
                try
                {
                    await ApplyAsync(await _universe.RefreshAsync(IsBusy, _stop.Token), _stop.Token);
                }
                catch (Exception e) when (!_stop.IsCancellationRequested)
                {
                    _listener.Failed("changing the followed symbols by hand", e);   // the next refresh tries again
                }
                finally
                {
                    _changing.Release();
                }
            },
            _stop.Token);
        lock (_watches)
        {
            _watches.RemoveAll(watch => watch.IsCompletedSuccessfully);
            _watches.Add(work);
        }

        var patience = Task.Delay(LoadPatience, _time, cancel);
        return await Task.WhenAny(work, patience) == work;
    }

    private async Task RememberAsync(Symbol symbol, bool isAdded, CancellationToken cancel)
    {
        string json;
        lock (_byHand)
        {
            _byHand[symbol] = isAdded;
            json = JsonSerializer.Serialize(_byHand.ToDictionary(entry => entry.Key.Name, entry => entry.Value));
        }

        await _parts.Values.SaveValueAsync(ByHandName, json, cancel);
    }

    private async Task RecallByHandAsync(CancellationToken cancel)
    {
        if (await _parts.Values.LoadValueAsync(ByHandName, cancel) is not { } json) return;
        foreach (var (name, isAdded) in JsonSerializer.Deserialize<Dictionary<string, bool>>(json) ?? [])
        {
            if (!Symbol.TryParse(name, out var symbol)) continue;
            _byHand[symbol] = isAdded;
            if (isAdded) _wanted.Add(symbol);
            else _wanted.Remove(symbol);
        }
    }
}
