using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Backtests that others compute and keep on a shelf, for the page to show: it lists and reads them, and says how one is started.
/// </summary>
/// <param name="archive">The shelf.</param>
/// <param name="how">Why none is started here, and how it is.</param>
/// <param name="command">The command that does it.</param>
/// <param name="time">Wall time.</param>
public sealed class StoredBacktests(IBacktestArchive archive, string how, string command, TimeProvider time) : IBacktestSource, IDisposable
{
    private const int ShownMax = 50;
    private const int ReadMax = 4;          // runs whose trades are in memory: what can be compared at once
    private const int TradesMax = 100_000;  // of one run; the rest is left out of what is shown

    private static readonly TimeSpan ListEvery = TimeSpan.FromSeconds(10);

    // Parts come as fast as machines compute them; a plan of years takes minutes for one.
    private static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<(string Id, long ChangedMs), (BacktestPlan? Plan, JsonElement? Summary, string? Fault)> _heads = [];
    private readonly List<(string Id, long ChangedMs, IReadOnlyList<JsonElement> Trades)> _read = [];
    private volatile IReadOnlyList<BacktestView> _runs = [];
    private volatile IReadOnlyDictionary<string, JsonElement> _summaries = new Dictionary<string, JsonElement>();
    private long? _listedAt;

    public string? ElsewhereReason => how;

    public async Task PrepareAsync(string? id, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_listedAt is not { } at || time.GetElapsedTime(at) > ListEvery)
            {
                await ListAsync(cancel);
                _listedAt = time.GetTimestamp();
            }

            if (id is not null) await ReadAsync(id, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public BacktestDataView Data() => new("", Present: true, Truncated: false, Reading: false, [], [], [], []) { Elsewhere = how, Command = command };

    public BacktestStart Start(BacktestOrder order, string user) => throw new InvalidOperationException(how);

    public IReadOnlyList<BacktestView> List() => _runs;

    public BacktestView? Find(string id) => _runs.FirstOrDefault(run => run.Id == id);

    public JsonElement? Summary(string id) => _summaries.TryGetValue(id, out var summary) ? summary : null;

    public BacktestTradesView? Trades(string id, int offset, int limit)
    {
        lock (_read)
        {
            var at = _read.FindIndex(one => one.Id == id);
            return at < 0 ? null : new(_read[at].Trades.Count, offset, [.. _read[at].Trades.Skip(offset).Take(limit)]);
        }
    }

    public Stream? OpenReport(string id) => null;

    public BacktestView? Remove(string id) => throw new InvalidOperationException(how);

    public void Dispose() => _turn.Dispose();

    private async Task ListAsync(CancellationToken cancel)
    {
        var shelved = await archive.ListAsync(ShownMax, cancel);
        var runs = new List<BacktestView>();
        var summaries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var one in shelved)
        {
            if (!_heads.TryGetValue((one.Id, one.ChangedMs), out var head))
            {
                head = _heads[(one.Id, one.ChangedMs)] = await HeadAsync(one, cancel);
            }

            if (head.Summary is { } summary) summaries[one.Id] = summary;
            runs.Add(ViewOf(one, head.Plan, head.Summary, head.Fault));
        }

        var now = shelved.Select(one => (one.Id, one.ChangedMs)).ToHashSet();
        foreach (var gone in _heads.Keys.Where(key => !now.Contains(key)).ToArray()) _heads.Remove(gone);
        lock (_read) _read.RemoveAll(one => !now.Contains((one.Id, one.ChangedMs)));
        _runs = runs;
        _summaries = summaries;
    }

    /// <summary>What was asked for and what came of it; a file that cannot be read makes its run a failed one, and no other.</summary>
    private async Task<(BacktestPlan? Plan, JsonElement? Summary, string? Fault)> HeadAsync(ShelvedBacktest one, CancellationToken cancel)
    {
        try
        {
            return (
                one.HasPlan ? JsonSerializer.Deserialize<BacktestPlan>(await TextAsync(one.Id, ShelfFiles.Plan, cancel), SignalJson.Options) : null,
                one.IsMerged ? JsonSerializer.Deserialize<JsonElement>(await TextAsync(one.Id, ShelfFiles.Summary, cancel)) : null, null);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidDataException)
        {
            return (null, null, $"Its files cannot be read: {wrong.Message}");
        }
    }

    private async Task ReadAsync(string id, CancellationToken cancel)
    {
        if (Find(id) is not { HasResults: true, EndedAtMs: { } changedMs }) return;   // nothing came of it yet
        lock (_read)
        {
            if (_read.Exists(one => one.Id == id)) return;
        }

        var trades = new List<JsonElement>();
        using var lines = new StreamReader(new MemoryStream((await TextAsync(id, ShelfFiles.Trades, cancel)).ToArray()));
        while (trades.Count < TradesMax && await lines.ReadLineAsync(cancel) is { Length: > 0 } line) trades.Add(JsonSerializer.Deserialize<JsonElement>(line));
        lock (_read)
        {
            if (_read.Count >= ReadMax) _read.RemoveAt(0);
            _read.Add((id, changedMs, trades));
        }
    }

    private async Task<byte[]> TextAsync(string id, string file, CancellationToken cancel) =>
        (await archive.ReadAsync(ShelfFiles.Of(id, file), cancel))?.ToArray()
        ?? throw new InvalidDataException($"{ShelfFiles.Of(id, file)} was there a moment ago and is gone");

    private BacktestView ViewOf(ShelvedBacktest one, BacktestPlan? plan, JsonElement? summary, string? fault)
    {
        var wanted = plan?.Cells().Count;
        var isSilent = !one.IsMerged && time.GetUtcNow().ToUnixTimeMilliseconds() - one.ChangedMs > SilenceMax.TotalMilliseconds;
        return new(
            one.Id, fault is not null ? BacktestState.Failed : one.IsMerged ? BacktestState.Done : isSilent ? BacktestState.Interrupted : BacktestState.Running, "functions", OrderOf(plan, summary),
            one.BegunMs, one.BegunMs, one.IsMerged ? one.ChangedMs : null, Place: null,
            one.IsMerged ? 1 : wanted is { } count ? (double)Math.Min(one.Parts, count) / count : double.NaN, MarketTimeMs: null,
            NumberOf(summary, "candles") ?? 0, (int)(NumberOf(summary, "trades") ?? 0), double.NaN, double.NaN,
            fault ?? (isSilent ? $"{one.Parts} of {wanted?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} parts came, and no more for half an hour; the orchestration {one.Id} says why" : null),
            one.Bytes)
        { IsElsewhere = true };
    }

    private static BacktestOrder OrderOf(BacktestPlan? plan, JsonElement? summary)
    {
        var data = "stored candles";
        if (plan is { WindowDays: > 0 } windows) data += FormattableString.Invariant($", windows of {windows.WindowDays} d");
        if (plan is { GroupSize: > 0 } groups) data += FormattableString.Invariant($", groups of {groups.GroupSize}");
        return new()
        {
            Data = data,
            Symbols = plan is null ? [] : [.. plan.Symbols.Select(symbol => symbol.Name)],
            FromMs = plan?.FromMs,
            ToMs = plan?.ToMs,
            Profile = summary is { } one && one.TryGetProperty("profile", out var profile) ? profile.GetString() : null,
            Ledger = "off",
        };
    }

    private static long? NumberOf(JsonElement? summary, string name) =>
        summary is { } one && one.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;
}
