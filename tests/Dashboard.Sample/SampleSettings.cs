using System.Globalization;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented settings of every type, with ranges, a rule between two of them, history and undo.</summary>
internal sealed class SampleSettings(TimeProvider time) : ISettingsSource
{
    private const int RevisionsMax = 200;

    private static readonly SettingView[] Known =
    [
        Choice("profile", "", "Profile", "Thresholds as they were measured, or as the second bot had them.", "default", "default", "seed"),
        Number("risk.risk_per_trade", "Risk per trade", "Share of equity lost at the stop, costs included.", "%", 0.05, 2, 0.5),
        Number("risk.open_risk_max", "Open risk, all positions", "New entries wait when the sum would pass this.", "%", 0.5, 6, 3),
        Number("risk.day_loss_max", "Daily loss limit", "Realised and open result of the UTC day. Stops new entries, keeps exits.", "%", -10, -0.5, -3),
        Whole("risk.positions_max", "Positions at once", "At most this many, and 3 per group of symbols that move together.", "positions", 1, 20, 10),
        Whole("risk.losses_in_row", "Pause after losing trades in a row", "So many losses stop new entries for 4 hours.", "trades", 2, 12, 4),
        Number("exits.runner_trail", "Runner trail", "Distance from the extreme since TP2. Only tightens.", "ATR", 0.5, 4, 1.2),
        Number("exits.stop_widest", "Widest stop", "A signal with a wider stop is refused.", "ATR", 1, 6, 3),
        Choice("exits.stop_trigger", "exits", "Stop trigger", "Price that fires the stop on the exchange. Backtests then use the same.", "mark", "mark", "last"),
        Whole("exits.time_stop", "Time stop, core strategies", "Closes a trade without TP1 and with less than 0.50 R of progress.", "bars", 2, 48, 8),
        Number("costs.gate", "Cost gate", "A signal whose round trip costs more is refused.", "R", 0.05, 0.5, 0.2),
        Number("costs.slippage_floor", "Slippage, at least", "Added to every market order of a backtest.", "bp", 0, 20, 1),
        Switch("strategies.break_and_retest.enabled", "Break & Retest", "Trades the retest of a broken zone.", isOn: true),
        Number("strategies.break_and_retest.adx_min", "ADX, entry", "Below it there is no trend to follow.", "", 5, 60, 25),
        Number("strategies.break_and_retest.volume_min", "Volume of the break", "Times its 20-bar mean.", "×", 0.5, 10, 1.5),
        Switch("strategies.order_flow.enabled", "Order Flow", "Trades the imbalance of the book; needs books in sync.", isOn: true),
        Number("strategies.order_flow.imbalance_min", "Imbalance", "Weighted, of its sign.", "", 0.05, 0.95, 0.3),
        Whole("data.verify_every", "Compare with the exchange", "Closed candles are compared with the exchange's own rows.", "minutes", 1, 1_440, 15),
        Text("telegram.proxy", "Proxy", "Where requests to Telegram go through; empty for none."),
        Choice("telegram.language", "telegram", "Language of alerts", "Of texts and pictures.", "ru", "ru", "en", "uk"),
        Whole("dashboard.port", "Port", "Where this page is served.", "", 1, 65_535, 8_080),
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _page = new(StringComparer.Ordinal) { ["exits.runner_trail"] = "1.6" };
    private readonly List<SettingsRevisionView> _history =
        [new(1, SampleSource.StartMs - 3_600_000, "local", Undoes: null, Trial: true, [new("exits.runner_trail", null, "1.6")])];

    private long _trials = 1;

    public SettingsView Read()
    {
        lock (_gate)
        {
            var all = Known.Select(View).ToArray();
            return new(_history[^1].Revision, _trials, "default", all.Any(one => !Equals(one.Value, one.Next)), [], all);
        }
    }

    public IReadOnlyList<SettingFaultView> Validate(IReadOnlyDictionary<string, string?> changes)
    {
        lock (_gate) return Faults(changes);
    }

    public SettingsResult Apply(IReadOnlyDictionary<string, string?> changes, long revision, string user)
    {
        lock (_gate) return Change(changes, revision, user, undoes: null);
    }

    public IReadOnlyList<SettingsRevisionView> History(int limit)
    {
        lock (_gate) return [.. Enumerable.Reverse(_history).Take(limit)];
    }

    public SettingsResult Undo(long undo, long revision, string user)
    {
        lock (_gate)
        {
            if (_history.Find(one => one.Revision == undo) is not { } taken) return new SettingsResult.NotUndone(Known: false, $"There is no revision {undo}");
            return Change(taken.Changes.ToDictionary(one => one.Path, one => one.From), revision, user, undo);
        }
    }

    public IReadOnlyList<SecretView> Secrets() =>
    [
        new("FUTURESBOT_DASHBOARD_TOKEN", Present: false, null, "sign-in of the page"),
        new("FUTURESBOT_TELEGRAM_TOKEN", Present: false, null, "the bot that sends alerts"),
        new("FUTURESBOT_BINANCE_KEY", Present: true, "environment", "reading the account"),
    ];

    private SettingsResult Change(IReadOnlyDictionary<string, string?> changes, long revision, string user, long? undoes)
    {
        if (revision != _history[^1].Revision) return new SettingsResult.Outdated(_history[^1].Revision);
        if (Faults(changes) is { Count: > 0 } faults) return new SettingsResult.Refused(faults);
        var made = changes.Select(one => new SettingChangeView(one.Key, _page.GetValueOrDefault(one.Key), one.Value)).ToArray();
        foreach (var (path, value) in changes)
        {
            if (value is null) _page.Remove(path);
            else _page[path] = value;
        }

        var isTrial = made.Any(one => Known.First(known => known.Path == one.Path).IsThreshold);
        if (isTrial) _trials++;
        if (_history.Count == RevisionsMax) _history.RemoveAt(0);
        _history.Add(new(revision + 1, time.GetUtcNow().ToUnixTimeMilliseconds(), user, undoes, isTrial, made));
        return new SettingsResult.Done(_history[^1]);
    }

    private List<SettingFaultView> Faults(IReadOnlyDictionary<string, string?> changes)
    {
        var faults = new List<SettingFaultView>();
        foreach (var (path, value) in changes)
        {
            if (Known.FirstOrDefault(one => one.Path == path) is not { } known) faults.Add(new(path, "there is no such setting", "page"));
            else if (value is not null && Fault(known, value) is { } fault) faults.Add(new(path, fault, "page"));
        }

        double Of(string path) => double.TryParse(
            changes.GetValueOrDefault(path) ?? _page.GetValueOrDefault(path), CultureInfo.InvariantCulture, out var set)
            ? set
            : (double)Known.First(one => one.Path == path).Default;
        if (changes.ContainsKey("risk.open_risk_max") && faults.Count == 0 && Of("risk.open_risk_max") < Of("risk.risk_per_trade"))
            faults.Add(new("risk.open_risk_max", $"{Of("risk.open_risk_max")} % is less than one trade risks ({Of("risk.risk_per_trade")} %)", "page"));
        return faults;
    }

    private static string? Fault(SettingView known, string value)
    {
        if (known.Min is not { } min || known.Max is not { } max) return null;
        return double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? null
            : $"'{value}' is not allowed; allowed: {known.Allowed}";
    }

    private SettingView View(SettingView known)
    {
        if (known.Path == "dashboard.port") return known with { Source = "environment", SourceDetail = "FUTURESBOT__DASHBOARD__PORT", Locked = true };
        if (!_page.TryGetValue(known.Path, out var set)) return known;
        object next = known.Type switch
        {
            "boolean" => set == "true",
            "number" => double.Parse(set, CultureInfo.InvariantCulture),
            "integer" => long.Parse(set, CultureInfo.InvariantCulture),
            _ => set,
        };
        return known with { Next = next, Source = "page", SourceDetail = "set on this page" };
    }

    private static SettingView Number(string path, string label, string about, string unit, double min, double max, double standard) =>
        new(path, SectionOf(path), label, about, unit, "number", min, max, [], $"{min} to {max}", standard, standard, standard, standard, "default", "", "next_start",
            Locked: false, IsThreshold: !path.StartsWith("risk", StringComparison.Ordinal));

    private static SettingView Whole(string path, string label, string about, string unit, long min, long max, long standard) =>
        new(path, SectionOf(path), label, about, unit, "integer", min, max, [], $"a whole number from {min} to {max}", standard, standard, standard, standard, "default", "",
            "next_start", Locked: false, IsThreshold: path.StartsWith("exits", StringComparison.Ordinal));

    private static SettingView Switch(string path, string label, string about, bool isOn) =>
        new(path, SectionOf(path), label, about, "", "boolean", null, null, [], "true or false", isOn, isOn, isOn, isOn, "default", "", "next_start", Locked: false, IsThreshold: true);

    private static SettingView Choice(string path, string section, string label, string about, string standard, params string[] choices) =>
        new(path, section, label, about, "", "choice", null, null, choices, string.Join(", ", choices), standard, standard, standard, standard, "default", "", "next_start",
            Locked: false, IsThreshold: false);

    private static SettingView Text(string path, string label, string about) =>
        new(path, SectionOf(path), label, about, "", "text", null, null, [], "an address", "", "", "", "", "default", "", "next_start", Locked: false, IsThreshold: false);

    private static string SectionOf(string path) => path[..path.LastIndexOf('.')];
}
