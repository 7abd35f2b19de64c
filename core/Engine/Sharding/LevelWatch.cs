using System.Globalization;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// The prices that signals asked to be told of. Each is told once for a signal, however often it is asked for again; a level that
/// moves is another level. Not for several threads: whoever holds it guards it.
/// </summary>
/// <remarks>A price that reaches nothing costs two comparisons and no memory: each symbol knows the nearest level on either side.</remarks>
public sealed class LevelWatch
{
    /// <summary>Signals that are watched at most; one more is refused.</summary>
    public const int SignalsMax = 1_000;

    /// <summary>Levels of a signal at most; more are refused.</summary>
    public const int LevelsMax = 8;

    private readonly Dictionary<string, Entry> _signals = new(StringComparer.Ordinal);
    private readonly Dictionary<Symbol, Market> _markets = [];

    /// <summary>Signals that are watched.</summary>
    public int Count => _signals.Count;

    /// <summary>Symbols of which something is watched: their closed minutes are told.</summary>
    public IReadOnlyCollection<Symbol> Symbols => _markets.Keys;

    /// <summary>Something of this symbol is watched.</summary>
    public bool IsWatched(Symbol symbol) => _markets.ContainsKey(symbol);

    /// <summary>What is watched, with what was told of it, for a store.</summary>
    public IReadOnlyList<WatchedSignal> Save() => [.. _signals.Values.Select(entry => entry.Saved()).OrderBy(one => one.SignalId, StringComparer.Ordinal)];

    /// <summary>What is watched for a signal; null when nothing is.</summary>
    public WatchedSignal? Find(string signalId) => _signals.TryGetValue(signalId, out var entry) ? entry.Saved() : null;

    /// <summary>Takes back what <see cref="Save"/> gave, in the place of all that is there.</summary>
    /// <exception cref="ArgumentException">More than can be watched.</exception>
    public void Restore(IEnumerable<WatchedSignal> saved)
    {
        _signals.Clear();
        _markets.Clear();
        foreach (var one in saved)
        {
            if (Refusal(one.SignalId, one.Levels) is { } reason) throw new ArgumentException(reason, nameof(saved));
            Put(new(one.SignalId, one.Symbol, one.SinceMs, one.Levels, [.. one.Told]));
        }
    }

    /// <summary>Why these cannot be watched: a sentence for the answer; null when they can.</summary>
    public string? Refusal(string signalId, IReadOnlyList<WatchedLevel> levels)
    {
        if (levels.Count > LevelsMax) return string.Create(CultureInfo.InvariantCulture, $"Signal {signalId} asked for {levels.Count} levels; {LevelsMax} are watched at most");
        if (levels.Select(level => level.Name).Distinct(StringComparer.Ordinal).Count() < levels.Count) return $"Signal {signalId} asked for a level of a name twice";
        if (levels.FirstOrDefault(level => level.Price <= 0) is { } wrong) return string.Create(CultureInfo.InvariantCulture, $"Level {wrong.Name} of signal {signalId} was {wrong.Price}; prices above 0 are allowed");
        return _signals.Count < SignalsMax || _signals.ContainsKey(signalId)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{SignalsMax} signals are watched, and that is the most; signal {signalId} is not");
    }

    /// <summary>Watches these for a signal, in the place of what was watched for it before. The past is the caller's: see <see cref="Look"/>.</summary>
    /// <exception cref="ArgumentException">See <see cref="Refusal"/>.</exception>
    public void Watch(SidecarCommand.WatchLevels wanted)
    {
        if (Refusal(wanted.SignalId, wanted.Levels) is { } reason) throw new ArgumentException(reason, nameof(wanted));
        // A level that is asked for again unchanged was told before, or will be: not twice.
        var told = _signals.TryGetValue(wanted.SignalId, out var before) && before.Symbol == wanted.Symbol
            ? wanted.Levels.Where(level => before.Levels.Contains(level) && before.Told.Contains(level.Name)).Select(level => level.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        Forget(wanted.SignalId);
        if (wanted.Levels.Count > 0) Put(new(wanted.SignalId, wanted.Symbol, wanted.SinceMs, wanted.Levels, told));
    }

    /// <summary>Watches nothing for a signal any more; false when nothing was.</summary>
    public bool Forget(string signalId)
    {
        if (!_signals.Remove(signalId, out var entry)) return false;
        var market = _markets[entry.Symbol];
        market.Entries.Remove(entry);
        if (market.Entries.Count == 0) _markets.Remove(entry.Symbol);
        else market.Reckon();
        return true;
    }

    /// <summary>
    /// What a signal's levels were reached by in the past that was stored: minutes in order of time, of which those that began before
    /// the signal's moment are left out, because nobody knows on which side of it they touched.
    /// </summary>
    /// <param name="signalId">Whose.</param>
    /// <param name="minutes">Closed minutes of its symbol, and the one under way as the last.</param>
    /// <param name="into">Gets what was reached, in order of time.</param>
    public void Look(string signalId, IEnumerable<Candle> minutes, ICollection<LevelCrossing> into)
    {
        if (!_signals.TryGetValue(signalId, out var entry)) return;
        foreach (var minute in minutes)
        {
            if (minute.OpenTimeMs < entry.SinceMs) continue;
            entry.Take((decimal)minute.High, minute.CloseTimeMs(TimeFrame.M1) - 1, into);
            entry.Take((decimal)minute.Low, minute.CloseTimeMs(TimeFrame.M1) - 1, into);
        }

        _markets[entry.Symbol].Reckon();
    }

    /// <summary>A price of now.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="price">Quote units; what is no finite number above 0 reaches nothing.</param>
    /// <param name="atMs">Market time, UTC, Unix milliseconds.</param>
    /// <param name="into">Gets what it reaches.</param>
    /// <returns>True when something was reached.</returns>
    public bool OnPrice(Symbol symbol, double price, long atMs, ICollection<LevelCrossing> into)
    {
        if (!_markets.TryGetValue(symbol, out var market)) return false;
        // The bounds are a hair nearer than the levels, so that no rounding passes one; what counts is compared exactly.
        if (!(price >= market.Above || (price > 0 && price <= market.Below)) || price > (double)decimal.MaxValue / 2) return false;
        var (exact, before) = ((decimal)price, into.Count);
        foreach (var entry in market.Entries)
        {
            if (atMs >= entry.SinceMs) entry.Take(exact, atMs, into);
        }

        if (into.Count == before) return false;
        market.Reckon();
        return true;
    }

    /// <summary>A minute as the stream tells it, closed or under way: its extremes are prices too, where it began after the signal.</summary>
    /// <returns>True when something was reached.</returns>
    public bool OnMinute(in KlineEvent told, ICollection<LevelCrossing> into)
    {
        if (told.Series.Frame != TimeFrame.M1 || !_markets.TryGetValue(told.Series.Symbol, out var market)) return false;
        var (high, low) = (told.Candle.High, told.Candle.Low);
        if (!(high >= market.Above || (low > 0 && low <= market.Below)) || high > (double)decimal.MaxValue / 2) return false;
        var atMs = Math.Min(told.EventMs, told.Candle.CloseTimeMs(TimeFrame.M1) - 1);
        var before = into.Count;
        foreach (var entry in market.Entries)
        {
            if (told.Candle.OpenTimeMs >= entry.SinceMs)
            {
                entry.Take((decimal)high, atMs, into);
                entry.Take((decimal)low, atMs, into);
            }
            else if (atMs >= entry.SinceMs)
            {
                entry.Take((decimal)told.Candle.Close, atMs, into);
            }
        }

        if (into.Count == before) return false;
        market.Reckon();
        return true;
    }

    private void Put(Entry entry)
    {
        _signals.Add(entry.SignalId, entry);
        if (!_markets.TryGetValue(entry.Symbol, out var market)) _markets[entry.Symbol] = market = new();
        market.Entries.Add(entry);
        market.Reckon();
    }

    private sealed class Market
    {
        private const double Hair = 1e-12;

        public List<Entry> Entries { get; } = [];

        /// <summary>A price from here up may reach something.</summary>
        public double Above { get; private set; } = double.PositiveInfinity;

        /// <summary>A price from here down may reach something.</summary>
        public double Below { get; private set; } = double.NegativeInfinity;

        public void Reckon()
        {
            (Above, Below) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var entry in Entries)
            {
                foreach (var level in entry.Levels)
                {
                    if (entry.Told.Contains(level.Name)) continue;
                    if (level.FromBelow) Above = Math.Min(Above, (double)level.Price * (1 - Hair));
                    else Below = Math.Max(Below, (double)level.Price * (1 + Hair));
                }
            }
        }
    }

    private sealed record Entry(string SignalId, Symbol Symbol, long SinceMs, IReadOnlyList<WatchedLevel> Levels, HashSet<string> Told)
    {
        public WatchedSignal Saved() => new(SignalId, Symbol, SinceMs, Levels, [.. Told.Order(StringComparer.Ordinal)]);

        public void Take(decimal price, long atMs, ICollection<LevelCrossing> into)
        {
            foreach (var level in Levels)
            {
                if (level.FromBelow ? price < level.Price : price > level.Price) continue;
                if (Told.Add(level.Name)) into.Add(new(SignalId, Symbol, level.Name, level.Price, price, atMs));
            }
        }
    }
}
