using System.Collections.Concurrent;
using System.Text.Json;

namespace FuturesBot.Dashboard.Tests;

internal sealed class HeardAudit : IAuditLog
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    public void Write(AuditEntry entry) => Entries.Enqueue(entry);
}

/// <summary>One whole number from 1 to 10 called size.</summary>
internal sealed class OneSetting : ISettingsSource
{
    public long Revision { get; private set; } = 3;

    public string? Size { get; private set; }

    public SettingsView Read() => new(Revision, Trials: 0, "default", RestartPending: false, [], []);

    public IReadOnlyList<SettingFaultView> Validate(IReadOnlyDictionary<string, string?> changes) =>
        [.. changes.Where(change => change.Key != "size" || change.Value is not { Length: 1 })
            .Select(change => new SettingFaultView(change.Key, "allowed is a whole number from 1 to 9", "test"))];

    public SettingsResult Apply(IReadOnlyDictionary<string, string?> changes, long revision, string user)
    {
        if (changes.ContainsKey("throw")) throw new InvalidOperationException("asked for");
        if (revision != Revision) return new SettingsResult.Outdated(Revision);
        if (Validate(changes) is { Count: > 0 } faults) return new SettingsResult.Refused(faults);
        var change = new SettingChangeView("size", Size, changes["size"]);
        Size = changes["size"];
        return new SettingsResult.Done(new(++Revision, 0, user, null, Trial: true, [change]));
    }

    public IReadOnlyList<SettingsRevisionView> History(int limit) => [];

    public SettingsResult Undo(long undo, long revision, string user) => new SettingsResult.NotUndone(Known: false, "There is none");

    public IReadOnlyList<SecretView> Secrets() => [new("SOME_KEY", Present: true, "environment", "test")];
}

/// <summary>A desk that refuses, or has one finished run called done and one that works called busy.</summary>
internal sealed class ScriptedBacktests : IBacktestSource
{
    public BacktestStart Answer { get; set; } = new BacktestStart.Full(2);

    public BacktestDataView Data() => new("data", Present: true, Truncated: false, Reading: false, [], [], [], []);

    public BacktestStart Start(BacktestOrder order, string user) => Answer;

    public IReadOnlyList<BacktestView> List() => [View("done"), View("busy")];

    public BacktestView? Find(string id) => id is "done" or "done2" or "busy" ? View(id) : null;

    public JsonElement? Summary(string id) => id is "done" or "done2"
        ? JsonDocument.Parse("""{"trades":12,"win_rate":0.5,"win_rate_ci95":[0.2,0.8],"expectancy_r_net":-0.1}""").RootElement
        : null;

    public BacktestTradesView? Trades(string id, int offset, int limit) => id == "done" ? new(12, offset, []) : null;

    public Stream? OpenReport(string id) => id == "done" ? new MemoryStream("<!doctype html><p>report"u8.ToArray()) : null;

    public BacktestView? Remove(string id) => Find(id);

    public static BacktestView View(string id) => new(
        id, id == "busy" ? BacktestState.Running : BacktestState.Done, "local", new(), 1, 2, null, null, double.NaN, null, 0, 0,
        double.NaN, double.NaN, null, 0);
}
