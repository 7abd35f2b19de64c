using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Files;
using FuturesBot.Dashboard;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Recording;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Backtests;

/// <summary>
/// Backtests that the page asks for. One works at a time, on a thread of the lowest priority the system gives;
/// a bounded number waits. Results outlive the process.
/// </summary>
internal sealed partial class BacktestDesk : IBacktestSource, IDisposable
{
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(5);

    private readonly DataRoot _root;
    private readonly DataSurvey _survey;
    private readonly SettingsStore _settings;
    private readonly BacktestOptions _options;
    private readonly BacktestArchive _archive;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _ready = new(0);
    private readonly CancellationTokenSource _ends = new();
    private readonly List<BacktestRecord> _runs;                       // oldest first
    private readonly Dictionary<string, BacktestRequest> _waiting = [];
    private readonly Thread _worker;
    private BacktestWork? _work;
    private int _number;

    /// <param name="folder">Takes the runs.</param>
    /// <param name="settings">Over what a run's own thresholds are laid.</param>
    public BacktestDesk(string folder, SettingsStore settings, BacktestOptions options, TimeProvider time, ILogger log)
    {
        (_settings, _options, _time, _log) = (settings, options, time, log);
        _root = new(options.DataRoot);
        _survey = new(_root);
        _archive = new(folder, options);
        _runs = _archive.Load(NowMs());
        _worker = new(Work) { IsBackground = true, Priority = ThreadPriority.Lowest, Name = "backtests" };
        _worker.Start();
    }

    public BacktestDataView Data() => _survey.Read();

    public BacktestStart Start(BacktestOrder order, string user)
    {
        if (_root.Resolve(order.Data, out var why) is null) return new BacktestStart.BadFolder(why);
        var faults = new List<ConfigurationFault>();
        var request = RequestOf(order, faults);
        if (faults.Count > 0 || request is null)
        {
            return new BacktestStart.Refused(faults.GroupBy(fault => fault.Path, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Select(fault => fault.Problem).ToArray()));
        }

        lock (_gate)
        {
            if (_waiting.Count >= _options.WaitingMax) return new BacktestStart.Full(_options.WaitingMax);
            if (order.Overrides.Count > 0) _settings.CountTrial();
            var record = new BacktestRecord { Id = NextId(), User = user, Order = order, QueuedAtMs = NowMs() };
            _archive.Save(record);
            _runs.Add(record);
            _waiting.Add(record.Id, request);
            _ready.Release();
            return new BacktestStart.Queued(View(record));
        }
    }

    public IReadOnlyList<BacktestView> List()
    {
        lock (_gate) return [.. _runs.AsEnumerable().Reverse().Select(View)];
    }

    public BacktestView? Find(string id)
    {
        lock (_gate) return _runs.Find(run => run.Id == id) is { } record ? View(record) : null;
    }

    public JsonElement? Summary(string id)
    {
        lock (_gate)
        {
            if (PathOf(id, BacktestFiles.Summary) is not { } path) return null;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
    }

    public BacktestTradesView? Trades(string id, int offset, int limit)
    {
        StreamReader lines;
        int total;
        lock (_gate)
        {
            if (PathOf(id, BacktestFiles.Trades) is not { } path) return null;
            total = _runs.Find(run => run.Id == id)!.Trades;
            lines = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }

        using (lines)
        {
            var trades = new List<JsonElement>();
            for (var at = 0; trades.Count < limit && lines.ReadLine() is { } line; at++)
            {
                if (at < offset) continue;
                using var document = JsonDocument.Parse(line);
                trades.Add(document.RootElement.Clone());
            }

            return new(total, offset, trades);
        }
    }

    public Stream? OpenReport(string id)
    {
        lock (_gate)
        {
            return PathOf(id, BacktestFiles.Report) is { } path
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)
                : null;
        }
    }

    public BacktestView? Remove(string id)
    {
        lock (_gate)
        {
            if (_runs.Find(run => run.Id == id) is not { } record) return null;
            if (record.State == BacktestState.Running)
            {
                _work?.Cancel();   // the worker writes down that it ended
                return View(record);
            }

            if (_waiting.Remove(id))
            {
                var ended = record with { State = BacktestState.Cancelled, EndedAtMs = NowMs(), Error = "It was ended before its turn came" };
                Keep(ended);
                return View(ended);
            }

            _runs.Remove(record);
            _archive.Delete(id);
            return View(record);
        }
    }

    public void Dispose()
    {
        _ends.Cancel();
        lock (_gate) _work?.Cancel();
        _worker.Join(EndMax);
        _survey.Dispose();
    }

    private BacktestRequest? RequestOf(BacktestOrder order, List<ConfigurationFault> faults)
    {
        var symbols = new List<Symbol>();
        foreach (var name in order.Symbols)
        {
            if (Symbol.TryParse(name, out var symbol)) symbols.Add(symbol);
            else faults.Add(new("symbols", "order", $"value '{Short(name)}' is not allowed; symbols such as BTCUSDT are"));
        }

        foreach (var name in order.Strategies.Where(name => !StrategyCatalog.Names.Contains(name, StringComparer.Ordinal)))
            faults.Add(new("strategies", "order", $"value '{Short(name)}' is not allowed; allowed are {string.Join(", ", StrategyCatalog.Names)}"));
        if (order.FromMs >= order.ToMs) faults.Add(new("from", "order", "must be before to"));
        if (order.Ledger is not ("off" or "lean" or "full"))
            faults.Add(new("ledger", "order", $"value '{Short(order.Ledger)}' is not allowed; allowed are off, lean, full"));
        var thresholds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, value) in order.Overrides)
        {
            if (TextOf(value) is { } text) thresholds[path] = text;
            else faults.Add(new(path, "order", "takes a boolean, a number or a text"));
        }

        var options = _settings.Trial(order.Profile, thresholds, faults)?.Kernel;
        if (options is null || faults.Count > 0) return null;
        return new()
        {
            Options = order.Strategies.Count > 0 ? options with { Strategies = options.Strategies.Only(order.Strategies) } : options,
            Symbols = symbols,
            FromMs = order.FromMs ?? long.MinValue,
            ToMs = order.ToMs ?? long.MaxValue,
            Ledger = Enum.Parse<LedgerDepth>(order.Ledger, ignoreCase: true),
        };
    }

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString(),
        _ => null,
    };

    private void Work()
    {
        while (!_ends.IsCancellationRequested)
        {
            try
            {
                _ready.Wait(_ends.Token);
            }
            catch (OperationCanceledException)
            {
                return;   // what waits is found by the next process, and says that it was interrupted
            }

            if (Next() is var (record, request)) End(record, Run(record, request));
        }
    }

    private (BacktestRecord Record, BacktestRequest Request)? Next()
    {
        lock (_gate)
        {
            // One that was ended while it waited leaves its turn empty.
            if (_runs.Find(run => run.State == BacktestState.Queued) is not { } queued || !_waiting.Remove(queued.Id, out var request)) return null;
            var record = queued with { State = BacktestState.Running, StartedAtMs = NowMs() };
            _work = new(record.Id, _time, _ends.Token);
            Keep(record);
            return (record, request);
        }
    }

    private BacktestRecord Run(BacktestRecord record, BacktestRequest request)
    {
        var work = _work!;
        try
        {
            var path = _root.Resolve(record.Order.Data, out var why) ?? throw new IOException(why);
            var source = KlineFolder.Scan(path);
            if (_survey.SpanOf(source, request.Symbols, work.Token) is { } span)
                work.Span(Math.Max(span.FromMs, request.FromMs), Math.Min(span.ToMs, request.ToMs));
            var (result, _) = BacktestFiles.Write(
                request, source, _archive.FolderOf(record.Id), _time, work, work.Token, (long)_options.KeptMib << 20);
            return record with
            {
                State = BacktestState.Done,
                Candles = result.Counts.Rows,
                Trades = result.Trades.Count,
                CandlesPerSecond = result.Facts.CandlesPerSecond,
            };
        }
        catch (OperationCanceledException)
        {
            return _ends.IsCancellationRequested
                ? record with { State = BacktestState.Interrupted, Error = "The program ended while it ran" }
                : record with { State = BacktestState.Cancelled, Error = "It was ended while it ran" };
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            // Places on the disk are nobody's business who only sees the page.
            return record with { State = BacktestState.Failed, Error = e.Message.Replace(_root.FullPath, _root.Name, StringComparison.Ordinal) };
        }
        catch (Exception e)
        {
            LogFault(_log, e, record.Id);
            return record with { State = BacktestState.Failed, Error = "A fault of the program; the log has it" };
        }
    }

    private void End(BacktestRecord running, BacktestRecord ended)
    {
        lock (_gate)
        {
            _work?.Dispose();
            _work = null;
            try
            {
                if (ended.State != BacktestState.Done) _archive.DeleteResults(running.Id);
                Keep(ended with { EndedAtMs = NowMs(), Bytes = _archive.BytesOf(running.Id) });
                foreach (var surplus in _archive.Surplus([.. _runs.Where(run => run.IsOver)]))
                {
                    _archive.Delete(surplus.Id);
                    _runs.Remove(surplus);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogFault(_log, e, running.Id);   // the list still says how it ended; the disk may not
            }
        }
    }

    /// <summary>In the list first, so that the page is right even where the disk is full.</summary>
    private void Keep(BacktestRecord record)
    {
        _runs[_runs.FindIndex(run => run.Id == record.Id)] = record;
        _archive.Save(record);
    }

    private string? PathOf(string id, string name)
    {
        if (_runs.Find(run => run.Id == id) is not { State: BacktestState.Done }) return null;
        var path = Path.Combine(_archive.FolderOf(id), name);
        return File.Exists(path) ? path : null;
    }

    private BacktestView View(BacktestRecord record)
    {
        var work = record.State == BacktestState.Running && _work?.Id == record.Id ? _work : null;
        var place = record.State == BacktestState.Queued
            ? _runs.Where(run => !run.IsOver).TakeWhile(run => run.Id != record.Id).Count()
            : (int?)null;
        return new(
            record.Id, record.State, record.User, record.Order, record.QueuedAtMs, record.StartedAtMs, record.EndedAtMs, place,
            record.State == BacktestState.Done ? 1 : work?.Part ?? double.NaN, work?.MarketTimeMs, work?.Candles ?? record.Candles,
            work?.Trades ?? record.Trades, work?.CandlesPerSecond ?? record.CandlesPerSecond, work?.SecondsLeft ?? double.NaN,
            record.Error, record.Bytes);
    }

    // The time sorts them; the number tells those of one second apart.
    private string NextId() => string.Create(
        CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyyMMdd-HHmmss}-{Interlocked.Increment(ref _number)}");

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(3060, LogLevel.Error, "Backtest {Id} met a fault")]
    private static partial void LogFault(ILogger log, Exception fault, string id);
}
