using System.Globalization;
using System.Text;
using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented runs: three that ended, and ordered ones that take a few seconds of wall time each, one after the other.</summary>
public sealed class SampleBacktests : IBacktestSource
{
    private const int WaitingMax = 4;
    private const int KeptMax = 50;
    private const long DayMs = 86_400_000;
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(4);

    private static readonly string[] Strategies = ["LiquiditySweep", "BreakAndRetest", "OrderFlow", "MaVwapPullback", "VolumeProfile", "ActionPrice"];
    private static readonly string[] Names = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "LINKUSDT", "LTCUSDT"];

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly List<BacktestView> _runs = [];   // the oldest first
    private int _count;

    public SampleBacktests(TimeProvider time)
    {
        _time = time;
        var (endedMs, order) = (NowMs - 3_600_000, new BacktestOrder { Data = "klines/2026" });
        _runs.Add(Ended(order with { Profile = "seed" }, endedMs - 900_000));
        _runs.Add(Ended(order with { Profile = "default" }, endedMs) with
        {
            State = BacktestState.Failed,
            Trades = 0,
            Progress = 0.31,
            Error = "klines/2026/SOLUSDT-15m-2026-09.csv, line 811: the close is above the high",
        });
        _runs.Add(Ended(order with { Profile = "default" }, endedMs));
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long FromMs => SampleSource.StartMs - (270 * DayMs);

    public BacktestDataView Data() => new(
        "data", Present: true, Truncated: false, Reading: false,
        [
            new("klines/2026", Fault: null, [.. Names.SelectMany(name => (TimeFrame[])[TimeFrame.M15, TimeFrame.H1, TimeFrame.H4]).Zip(
                Names.SelectMany(name => Enumerable.Repeat(name, 3)),
                (frame, name) => new BacktestSeriesView(Symbol.Parse(name), frame, 9, FromMs, SampleSource.StartMs, 270 * DayMs / frame.Ms()))]),
            new("klines/broken", "BTCUSDT-15m.csv has no header", []),
        ],
        ["default", "seed"], Strategies, ["off", "lean", "full"]);

    public BacktestStart Start(BacktestOrder order, string user)
    {
        if (order.Data.Contains("..", StringComparison.Ordinal)) return new BacktestStart.BadFolder("It leaves the data root");
        if (order.ToMs > SampleSource.StartMs)
            return new BacktestStart.Refused(new Dictionary<string, string[]> { ["to"] = ["the data ends before it"] });
        lock (_gate)
        {
            Move();
            if (_runs.Count(run => run.State == BacktestState.Queued) >= WaitingMax) return new BacktestStart.Full(WaitingMax);
            var run = new BacktestView(
                NextId(), BacktestState.Queued, user, order, NowMs, null, null, 0, double.NaN, null, 0, 0, double.NaN, double.NaN, null, 0);
            _runs.Add(run);
            Move();
            return new BacktestStart.Queued(_runs.Find(one => one.Id == run.Id)!);
        }
    }

    public IReadOnlyList<BacktestView> List()
    {
        lock (_gate)
        {
            Move();
            return [.. Enumerable.Reverse(_runs)];
        }
    }

    public BacktestView? Find(string id) => List().FirstOrDefault(run => run.Id == id);

    public JsonElement? Summary(string id)
    {
        if (Find(id) is not { State: BacktestState.Done } run) return null;
        var results = TradesOf(run);
        var (wins, losses) = (results.Count(r => r > 0.1), results.Count(r => r < -0.1));
        var (mean, rate) = (results.Average(), wins / (double)results.Count);
        var (spread, half) = (1.96 * 1.3 / Math.Sqrt(results.Count), 1.96 * Math.Sqrt(rate * (1 - rate) / results.Count));
        var (sum, peak, depth) = (0.0, 0.0, 0.0);
        foreach (var r in results)
        {
            peak = Math.Max(peak, sum += r);
            depth = Math.Max(depth, peak - sum);
        }

        return JsonSerializer.SerializeToElement(new
        {
            profile = run.Order.Profile ?? "default",
            trades = results.Count,
            wins,
            break_evens = results.Count - wins - losses,
            losses,
            win_rate = rate,
            win_rate_ci95 = (double[])[rate - half, rate + half],
            expectancy_r_net = mean,
            expectancy_r_net_ci95 = (double[])[mean - spread, mean + spread],
            profit_factor_net = results.Where(r => r > 0).Sum() / -results.Where(r => r < 0).Sum(),
            max_drawdown_r = depth,
            sharpe = mean * 9,
            deflated_sharpe = (double?)null,
            trials = 1,
            cost_r = 0.09,
            ledger_hash = "4c91a0e7d2b80e",
        });
    }

    public BacktestTradesView? Trades(string id, int offset, int limit)
    {
        if (Find(id) is not { State: BacktestState.Done } run) return null;
        var results = TradesOf(run);
        var step = 268 * DayMs / results.Count;
        return new(results.Count, offset, [.. results.Skip(offset).Take(limit).Select((r, i) =>
        {
            var at = FromMs + ((offset + i) * step);
            return JsonSerializer.SerializeToElement(new
            {
                signal_id = $"t{offset + i}",
                symbol = Names[(offset + i) % Names.Length],
                strategy = Strategies[(offset + i) % Strategies.Length],
                mode = "standard",
                direction = i % 3 == 0 ? "short" : "long",
                category = "core",
                score = 3 + (i % 30 / 10.0),
                regime = "trend",
                entry_time = Iso(at),
                entry_price = 100.5,
                exits = new[] { new { time = Iso(at + 7_200_000), price = 101.2, fraction = 1.0, reason = r > 0 ? "tp2" : "stop" } },
                pnl_r_gross = r + 0.09,
                pnl_r_net = r,
                outcome = r > 0.1 ? "win" : r < -0.1 ? "loss" : "break_even",
                mfe_r = Math.Max(0.2, r),
                mae_r = Math.Min(-0.1, r),
                bars = 8,
                execution = "primary",
            });
        })]);
    }

    public Stream? OpenReport(string id) => Find(id) is { State: BacktestState.Done } run
        ? new MemoryStream(Encoding.UTF8.GetBytes(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Report {run.Id}</title><style>body{{font:16px sans-serif}}</style><h1>Report of run {run.Id}</h1><p>{run.Trades} invented trades</p></html>"))
        : null;

    public BacktestView? Remove(string id)
    {
        lock (_gate)
        {
            Move();
            var at = _runs.FindIndex(run => run.Id == id);
            if (at < 0) return null;
            var run = _runs[at];
            if (run.State is BacktestState.Queued or BacktestState.Running)
                return _runs[at] = run with { State = BacktestState.Cancelled, Place = null, EndedAtMs = NowMs, Error = $"cancelled by {run.User}" };
            _runs.RemoveAt(at);
            return run;
        }
    }

    /// <summary>Brings every run to where it stands now.</summary>
    private void Move()
    {
        if (_runs.Count > KeptMax) _runs.RemoveAt(_runs.FindIndex(run => run.State is not (BacktestState.Queued or BacktestState.Running)));
        for (var i = 0; i < _runs.Count; i++)
        {
            if (_runs[i] is not { State: BacktestState.Running } run) continue;
            var progress = (NowMs - run.StartedAtMs!.Value) / Takes.TotalMilliseconds;
            _runs[i] = progress >= 1
                ? run with
                {
                    State = BacktestState.Done,
                    Progress = 1,
                    SecondsLeft = double.NaN,
                    EndedAtMs = NowMs,
                    Candles = 150_000,
                    Trades = TradesOf(run).Count,
                    MarketTimeMs = SampleSource.StartMs,
                    Bytes = 2_400_000,
                }
                : run with
                {
                    Progress = progress,
                    MarketTimeMs = FromMs + (long)(progress * 270 * DayMs),
                    Candles = (long)(150_000 * progress),
                    Trades = (int)(200 * progress),
                    CandlesPerSecond = 81_000,
                    SecondsLeft = Takes.TotalSeconds * (1 - progress),
                };
        }

        var place = 0;
        for (var i = 0; i < _runs.Count; i++)
        {
            if (_runs[i].State != BacktestState.Queued) continue;
            _runs[i] = _runs.Any(run => run.State == BacktestState.Running)
                ? _runs[i] with { Place = place++ }
                : _runs[i] with { State = BacktestState.Running, Place = null, StartedAtMs = NowMs, Progress = 0 };
        }
    }

    private BacktestView Ended(BacktestOrder order, long endedMs)
    {
        var run = new BacktestView(
            NextId(), BacktestState.Done, "local", order, endedMs - 350_000, endedMs - 344_000, endedMs, null, 1, SampleSource.StartMs, 1_040_000, 0, 82_000,
            double.NaN, null, 2_400_000);
        return run with { Trades = TradesOf(run).Count };
    }

    /// <summary>The same for the same run.</summary>
    private static List<double> TradesOf(BacktestView run)
    {
        var isSeed = run.Order.Profile == "seed";
        var random = new Random(int.Parse(run.Id, CultureInfo.InvariantCulture) * 31);
        return [.. Enumerable.Range(0, isSeed ? 310 : 240).Select(_ => random.NextDouble() < (isSeed ? 0.3 : 0.4) ? 0.3 + (random.NextDouble() * 2.2) : -0.3 - (random.NextDouble() * 0.8))];
    }

    private string NextId() => (++_count).ToString(CultureInfo.InvariantCulture);

    private static string Iso(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
