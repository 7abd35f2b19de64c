using FuturesBot.Adapters.Sessions;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>Stored candles as the page shows them: a survey that is made anew when it is asked for and has become old.</summary>
internal sealed class DataPage(MarketRunner runner, ICandleStore store, ICandleTimes times, RunFace face) : IDataSource, IDisposable
{
    private const int GapsMax = 500;
    private const long DayMs = 86_400_000;

    // A survey of hundreds of symbols takes seconds: it is then kept for longer, so that it costs at most a part of a core.
    private const int LifePerWork = 20;
    private static readonly TimeSpan LifeMin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (long MadeAt, TimeSpan Life, long NowMs, SeriesSurvey[] Series)? _survey;

    /// <summary>Candles stored, as the last survey found them; null before the first.</summary>
    public long? Rows => _survey?.Series.Sum(series => series.Stored);

    public async Task<DataView> DataAsync(CancellationToken cancel)
    {
        var (nowMs, series) = await SurveyAsync(cancel);
        var jobs = face.Exchange?.Jobs.Jobs ?? [];
        var gaps = series.SelectMany(one => one.Gaps.Select(gap => (one.Series, Gap: gap))).OrderByDescending(one => one.Gap.FromMs).ToArray();
        var expected = series.Sum(one => one.Expected);
        WarmUpView[] symbols;
        lock (runner.Gate) symbols = [.. runner.Pipeline.Desks.Select(WarmUp)];
        return new(
            nowMs, series.Sum(one => one.Stored), face.StoreBytes,
            expected == 0 ? double.NaN : series.Sum(one => one.Stored) * 100.0 / expected,
            [.. series.Select(one => new SeriesView(
                one.Series.Symbol, one.Series.Frame, one.FirstMs, one.LastMs, one.Stored, one.Expected, one.Completeness * 100, one.Missing))],
            [.. gaps.Take(GapsMax).Select(one => Of(one.Series, one.Gap, jobs))],
            gaps.Length, symbols,
            face.Exchange?.Verified is { } verified
                ? new(verified.Agreed, verified.Mismatched, verified.Late, verified.Unconfirmed, verified.Failed, verified.LeftOut)
                : null,
            face.Exchange is not null);
    }

    public async Task<HeatView> HeatAsync(int days, TimeFrame frame, CancellationToken cancel)
    {
        var (nowMs, series) = await SurveyAsync(cancel);
        var firstDay = TimeFrame.D1.OpenOf(nowMs) - ((days - 1) * DayMs);
        var since = series.Where(one => one.Series.Frame == frame).ToDictionary(one => one.Series.Symbol, one => one.FirstMs);
        var rows = new List<HeatRowView>();
        foreach (var symbol in SymbolsNow())
        {
            var open = await times.OpenTimesAsync(new(symbol, frame), firstDay, nowMs, cancel);
            var parts = SeriesSurvey.ByDay(frame, open, firstDay, days, nowMs, since.GetValueOrDefault(symbol));
            rows.Add(new(symbol, Array.ConvertAll(parts, part => part * 100)));
        }

        return new(firstDay, days, frame, rows);
    }

    public IReadOnlyList<DataJobView> Jobs() => [.. (face.Exchange?.Jobs.Jobs ?? []).Select(Of)];

    public DataJobView? TryQueue(DataRequest request, out Denied? denied)
    {
        denied = null;
        if (face.Exchange is not { } exchange)
        {
            denied = new(409, "Recorded candles cannot be asked for more: there is no exchange");
            return null;
        }

        foreach (var symbol in request.Symbols)
        {
            if (exchange.Lists(symbol)) continue;
            denied = new(400, $"The exchange does not list {symbol}", "a contract of the exchange");
            return null;
        }

        var toMs = Math.Min(request.ToMs, exchange.Clock.NowMs);
        SeriesInfo[] series = [.. request.Symbols.SelectMany(symbol => request.Timeframes.Select(frame => new SeriesInfo(symbol, frame)))];
        var candles = DataJobs.CandlesOf(series, request.FromMs, toMs);
        if (candles is <= 0 or > DataJobs.CandlesMax)
        {
            denied = new(
                400, $"The range holds {Math.Max(0, candles)} closed candles", $"1 to {DataJobs.CandlesMax} candles that have closed, in one job");
            return null;
        }

        if (exchange.Jobs.TryQueue(request.IsRepair ? DataJobKind.Repair : DataJobKind.Download, series, request.FromMs, toMs) is { } job)
            return Of(job);
        denied = new(429, $"{DataJobs.WaitingMax} jobs wait already", "fewer jobs at once; DELETE /api/data/jobs/{job} ends one");
        return null;
    }

    public bool TryCancel(long job) => face.Exchange?.Jobs.TryCancel(job) ?? false;

    public async Task<SymbolChangeView> AddAsync(Symbol symbol, CancellationToken cancel) => face.Exchange is { } exchange
        ? Of(await exchange.AddAsync(symbol, cancel))
        : new(symbol, "excluded", "recorded data have the symbols that they have");

    public async Task<SymbolChangeView> RemoveAsync(Symbol symbol, CancellationToken cancel) => face.Exchange is { } exchange
        ? Of(await exchange.RemoveAsync(symbol, cancel))
        : new(symbol, "followed", "recorded data have the symbols that they have");

    public void Dispose() => _turn.Dispose();

    private static SymbolChangeView Of(SymbolChangeNote note) => new(note.Symbol, note.State, note.Text);

    private static GapView Of(SeriesInfo series, CandleGap gap, IReadOnlyList<DataJob> jobs)
    {
        var job = jobs.FirstOrDefault(one =>
            one.FromMs <= gap.FromMs && one.ToMs >= gap.ToMs && one.State != DataJobState.Cancelled && one.Series.Contains(series));
        var state = job?.State switch
        {
            DataJobState.Queued => "queued",
            DataJobState.Running => "running",
            DataJobState.Done => "empty",
            _ => "open",
        };
        return new(series.Symbol, series.Frame, gap.FromMs, gap.ToMs, gap.Bars, state, job?.Number);
    }

    private DataJobView Of(DataJob job)
    {
        var part = job.Progress;
        var elapsed = job.StartedAtMs is { } started ? (face.Time.GetUtcNow().ToUnixTimeMilliseconds() - started) / 1000.0 : double.NaN;
        return new(
            job.Number, job.Kind.ToString().ToLowerInvariant(), job.State.ToString().ToLowerInvariant(),
            [.. job.Series.Select(series => series.Symbol).Distinct()], [.. job.Series.Select(series => series.Frame).Distinct()],
            job.FromMs, job.ToMs, part, job.Expected, job.Added, job.Missing, job.Fault, job.QueuedAtMs, job.StartedAtMs, job.EndedAtMs,
            job.State == DataJobState.Running && part > 0 ? elapsed / part * (1 - part) : double.NaN);
    }

    private Symbol[] SymbolsNow()
    {
        lock (runner.Gate) return [.. runner.Pipeline.Desks.Select(desk => desk.Symbol)];
    }

    private async Task<(long NowMs, SeriesSurvey[] Series)> SurveyAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_survey is { } known && face.Time.GetElapsedTime(known.MadeAt) < known.Life) return (known.NowMs, known.Series);
            var started = face.Time.GetTimestamp();
            var order = SymbolsNow().Select((symbol, i) => (symbol, i)).ToDictionary(entry => entry.symbol, entry => entry.i);
            var nowMs = runner.CommittedMs;   // what closed by then is in the store
            var found = new List<SeriesSurvey>();
            foreach (var series in await store.SeriesAsync(cancel))
            {
                if (!order.ContainsKey(series.Symbol)) continue;
                found.Add(SeriesSurvey.Of(series, await times.OpenTimesAsync(series, 0, nowMs, cancel), nowMs));
            }

            SeriesSurvey[] inOrder = [.. found.OrderBy(one => order[one.Series.Symbol]).ThenBy(one => one.Series.Frame)];
            var life = face.Time.GetElapsedTime(started) * LifePerWork;
            _survey = (face.Time.GetTimestamp(), life < LifeMin ? LifeMin : life, nowMs, inOrder);
            return (nowMs, inOrder);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Under the runner's gate.</summary>
    private WarmUpView WarmUp(SymbolDesk desk)
    {
        var view = desk.View;
        var ripe = view.M15.BarsFolded;
        var mature = runner.Options.Strategies.ActionPrice.Options.MatureBars;
        var reasons = new List<string>();
        if (desk.IsDraining) reasons.Add("it leaves: what is open is followed to its end, nothing new is opened");
        if (view.Frame(desk.Listing.BaseFrame).IsEmpty)
        {
            reasons.Add("no candle has come yet");
        }
        else
        {
            var frame = desk.Listing.BaseFrame;
            var late = (frame.OpenOf(runner.NowMs) - view.Frame(frame).Bar.CloseTimeMs(frame)) / frame.Ms();
            if (late > 0) reasons.Add($"no closed {frame.Code()} candle for {late} bars");
            if (desk.IsFrozen) reasons.Add($"a gap lies less than {SymbolDesk.FreezeBars + 1} bars back: nothing new is set up");
        }

        if (double.IsNaN(view.Regime.Adx)) reasons.Add($"regime undecided: {view.H4.BarsFolded} candles of 4h are too few, or the newest has not come");
        if (ripe < mature && IsOn(ActionPrice.CatalogName)) reasons.Add($"Action Price: EMA200 stands on {ripe} of {mature} bars");
        if (face.Exchange?.Books is { } books && IsOn("OrderFlow") && books.Read(desk.Symbol).Trust is var trust and not BookTrust.Synced)
            reasons.Add($"Order Flow: the order book is {trust.ToString().ToLowerInvariant()}");
        return new(
            desk.Symbol,
            new Dictionary<string, long>(StringComparer.Ordinal)
            {
                [TimeFrame.M15.Code()] = ripe,
                [TimeFrame.H1.Code()] = view.H1.BarsFolded,
                [TimeFrame.H4.Code()] = view.H4.BarsFolded,
            },
            ripe, ripe < mature, reasons.Count == 0, reasons);
    }

    private bool IsOn(string strategy) => runner.Pipeline.Strategies.Any(one => one.Name == strategy);
}
