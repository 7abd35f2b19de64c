using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Dashboard;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Sidecar;

/// <summary>
/// The page's logs. Action Price's own record comes from the store, its newest lines: a container's files begin with the container. A line has
/// the time of its effect. What another process carries out is read when the page is made, and when the market is taken in hand.
/// </summary>
/// <param name="stored">The record.</param>
/// <param name="keptDays">Days of it that are kept.</param>
/// <param name="files">The program's own log.</param>
internal sealed class ActionPriceLog(ActionPriceLines stored, int keptDays, ILogSource files) : ILogSource
{
    /// <summary>Lines in memory, of some two kilobytes each: as many as the page asks for at most.</summary>
    public const int LinesMax = 1_000;

    private const string Name = "action-price";
    private const string Source = "ActionPrice";
    private const long DayMs = 86_400_000;

    private readonly Lock _gate = new();
    private List<ActionPriceLine> _lines = [];   // the newest first

    /// <summary>Reads the newest lines: of a day, then of as many days more as were read before, until there are enough.</summary>
    /// <param name="nowMs">Market time.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task LoadAsync(long nowMs, CancellationToken cancel)
    {
        var read = new List<ActionPriceLine>();
        var (toMs, days) = (long.MaxValue, 1L);
        while (read.Count < LinesMax)
        {
            var fromMs = Math.Max(0, nowMs - (days * DayMs));
            var some = new List<ActionPriceLine>();
            await foreach (var line in stored.ReadAsync(fromMs, toMs, cancel)) some.Add(line);
            some.Reverse();
            read.AddRange(some);
            if (fromMs == 0 || days >= keptDays) break;
            (toMs, days) = (fromMs, days * 2);
        }

        lock (_gate)
        {
            // What was carried out while it was read is there already, or belongs before it.
            var ids = read.Select(line => line.Id).ToHashSet(StringComparer.Ordinal);
            var newest = read.Count > 0 ? read[0].AtMs : 0;
            _lines = [.. _lines.Where(line => line.AtMs >= newest && !ids.Contains(line.Id)).Concat(read).Take(LinesMax)];
        }
    }

    /// <summary>Hears of a line that was kept.</summary>
    public void Add(StoredEffect effect)
    {
        lock (_gate)
        {
            if (_lines.Exists(line => line.Id == effect.Id)) return;
            _lines.Insert(0, new(effect.Id, effect.CreatedAtMs, effect.PayloadJson));
            if (_lines.Count > LinesMax) _lines.RemoveAt(_lines.Count - 1);
        }
    }

    public LogPageView Read(LogQuery query)
    {
        if (query.Log != Name) return files.Read(query);
        if (query.Level is not ("debug" or "information")) return new([], Complete: true, Unreadable: 0);
        ActionPriceLine[] lines;
        lock (_gate) lines = [.. _lines];
        return new(
            [
                .. lines.Where(line => line.AtMs >= (query.SinceMs ?? 0) && (query.Text is not { } text || line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)))
                    .Take(query.Limit).Select(line => new LogLineView(line.AtMs, "information", Source, line.Text, Exception: null)),
            ],
            Complete: lines.Length < LinesMax, Unreadable: 0);
    }
}
