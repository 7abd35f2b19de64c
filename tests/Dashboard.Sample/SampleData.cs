using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented stored candles with a few gaps, and jobs that end as soon as they are looked at again.</summary>
internal sealed class SampleData(SampleSource source) : IDataSource
{
    private const long DayMs = 86_400_000;
    private const int Days = 270;

    private static readonly TimeFrame[] Frames = [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    private readonly Lock _gate = new();
    private readonly List<DataJobView> _jobs = [];

    public Task<DataView> DataAsync(CancellationToken cancel)
    {
        var nowMs = source.Status().MarketTimeMs;
        var series = source.Symbols().SelectMany(view => Frames.Select(frame => Series(view.Symbol, frame, nowMs))).ToArray();
        GapView[] gaps =
        [
            new(Symbol.Parse("LTCUSDT"), TimeFrame.M15, TimeFrame.M15.OpenOf(nowMs) - 900_000, TimeFrame.M15.OpenOf(nowMs), 1, "running", 3),
            new(Symbol.Parse("ADAUSDT"), TimeFrame.M15, TimeFrame.D1.OpenOf(nowMs) - (8 * DayMs), TimeFrame.D1.OpenOf(nowMs) - (8 * DayMs) + 88_200_000, 98, "open", null),
            new(Symbol.Parse("ADAUSDT"), TimeFrame.H1, TimeFrame.D1.OpenOf(nowMs) - (8 * DayMs), TimeFrame.D1.OpenOf(nowMs) - (8 * DayMs) + 86_400_000, 24, "empty", 2),
        ];
        return Task.FromResult(new DataView(
            nowMs, series.Sum(one => one.Stored), 118_000_000, series.Sum(one => one.Stored) * 100.0 / series.Sum(one => one.Expected), series, gaps,
            gaps.Length,
            [.. source.Symbols().Select(view => WarmUp(view.Symbol))],
            new(18_204, 3, 11, 0, 0, 0), CanRepair: true));
    }

    public Task<HeatView> HeatAsync(int days, TimeFrame frame, CancellationToken cancel)
    {
        var first = TimeFrame.D1.OpenOf(source.Status().MarketTimeMs) - ((days - 1) * DayMs);
        return Task.FromResult(new HeatView(first, days, frame, [.. source.Symbols().Select(view => new HeatRowView(
            view.Symbol,
            [.. Enumerable.Range(0, days).Select(day => view.Symbol.Name switch
            {
                "SUIUSDT" when day < days / 2 => double.NaN,
                "ADAUSDT" when day == days - 9 => 0,
                "ADAUSDT" when day == days - 8 => 98.9,
                _ => 100.0,
            })]))]));
    }

    public IReadOnlyList<DataJobView> Jobs()
    {
        lock (_gate)
        {
            for (var i = 0; i < _jobs.Count; i++)
            {
                if (_jobs[i].State == "queued")
                    _jobs[i] = _jobs[i] with { State = "done", Progress = 1, Added = _jobs[i].Expected, EndedAtMs = _jobs[i].QueuedAtMs + 900 };
            }

            return [.. _jobs];
        }
    }

    public DataJobView? TryQueue(DataRequest request, out Denied? denied)
    {
        denied = null;
        foreach (var symbol in request.Symbols)
        {
            if (source.Symbols().Any(view => view.Symbol == symbol)) continue;
            denied = new(400, $"The exchange does not list {symbol}", "a contract of the exchange");
            return null;
        }

        lock (_gate)
        {
            if (_jobs.Count(one => one.State == "queued") >= 20)
            {
                denied = new(429, "20 jobs wait already");
                return null;
            }

            var bars = request.Timeframes.Sum(frame => (request.ToMs - request.FromMs) / frame.Ms()) * request.Symbols.Count;
            var job = new DataJobView(
                _jobs.Count + 1, request.IsRepair ? "repair" : "download", "queued", request.Symbols, request.Timeframes, request.FromMs,
                request.ToMs, 0, bars, 0, 0, null, SampleSource.StartMs, null, null, double.NaN);
            _jobs.Insert(0, job);
            return job;
        }
    }

    public bool TryCancel(long job)
    {
        lock (_gate)
        {
            var at = _jobs.FindIndex(one => one.Job == job && one.State == "queued");
            if (at < 0) return false;
            _jobs[at] = _jobs[at] with { State = "cancelled" };
            return true;
        }
    }

    public Task<SymbolChangeView> AddAsync(Symbol symbol, CancellationToken cancel) => Task.FromResult(new SymbolChangeView(
        symbol, source.Symbols().Any(view => view.Symbol == symbol) ? "followed" : "excluded",
        source.Symbols().Any(view => view.Symbol == symbol) ? "it was followed already" : "the exchange does not list it"));

    public Task<SymbolChangeView> RemoveAsync(Symbol symbol, CancellationToken cancel) => Task.FromResult(
        source.Signals(SignalGroup.Open, 100).Any(signal => signal.Symbol == symbol)
            ? new SymbolChangeView(symbol, "draining", "something of it is open: it is followed to its end, nothing new is opened")
            : new SymbolChangeView(symbol, "left", "it is no longer followed"));

    private static SeriesView Series(Symbol symbol, TimeFrame frame, long nowMs)
    {
        var end = frame.OpenOf(nowMs);
        var first = TimeFrame.D1.OpenOf(nowMs) - (Days * DayMs);
        var expected = (end - first) / frame.Ms();
        var missing = (symbol.Name, frame) switch
        {
            ("ADAUSDT", TimeFrame.M15) => 98,
            ("ADAUSDT", TimeFrame.H1) => 24,
            ("LTCUSDT", TimeFrame.M15) => 1,
            _ => 0,
        };
        return new(symbol, frame, first, end - frame.Ms(), expected - missing, expected, (expected - missing) * 100.0 / expected, missing);
    }

    private static WarmUpView WarmUp(Symbol symbol)
    {
        var young = symbol.Name == "SUIUSDT";
        var bars = young ? 640 : 1_500;
        IReadOnlyList<string> reasons = symbol.Name switch
        {
            "SUIUSDT" => ["Action Price: EMA200 stands on 640 of 1200 bars"],
            "LTCUSDT" => ["no closed 15m candle for 1 bars", "Order Flow: the order book is gap"],
            _ => [],
        };
        return new(
            symbol, new Dictionary<string, long> { ["15m"] = bars, ["1h"] = bars, ["4h"] = bars }, bars, young, reasons.Count == 0, reasons);
    }
}
