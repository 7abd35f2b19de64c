using System.Text.Json;

namespace FuturesBot.Adapters.Configuration;

/// <summary>
/// Settings changed on the page. They stand in a file of their own in the state's folder, over
/// <c>bot.yaml</c> and below the environment; the yaml and its comments are never touched
/// (docs/decisions/0014). A change is written whole or not at all. Thread-safe.
/// </summary>
public sealed class SettingsStore
{
    /// <summary>Revisions whose changes are kept; older ones can no longer be undone.</summary>
    public const int HistoryMax = 200;

    private const string OnPage = "set on the page";
    private const string InEnvironment = "environment variable ";

    private const long LongestFile = 4 << 20;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly string? _yaml;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly TimeProvider _time;
    private readonly SettingDocs _docs = new();
    private SettingsRecord _record;
    private Dictionary<string, string> _running = [];

    /// <param name="path">File of the page's settings; it need not be there.</param>
    /// <param name="yaml">The configuration; null for the defaults alone.</param>
    /// <exception cref="ConfigurationException">The file is there and cannot be read.</exception>
    public SettingsStore(string path, string? yaml, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        (_path, _yaml, _environment, _time) = (path, yaml, environment, time);
        _record = Load(path);
    }

    /// <summary>Counts up with every change; 0 before the first.</summary>
    public long Revision
    {
        get
        {
            lock (_gate) return _record.Revision;
        }
    }

    /// <summary>Configurations tried: changes that touched a threshold.</summary>
    public long Trials
    {
        get
        {
            lock (_gate) return _record.Trials;
        }
    }

    /// <summary>The options with which this process runs; what is changed later holds from the next start.</summary>
    /// <exception cref="ConfigurationException">All that is wrong.</exception>
    public BotOptions Start()
    {
        lock (_gate)
        {
            var (options, faults, _) = Bind(_record.Values);
            if (options is null) throw new ConfigurationException(faults);
            _running = ValuesOf(options);
            return options;
        }
    }

    /// <summary>What is wrong with the configuration as it stands now, which the next start would meet; empty when nothing is.</summary>
    public IReadOnlyList<ConfigurationFault> Faults()
    {
        lock (_gate) return Bind(_record.Values).Faults;
    }

    /// <summary>Every setting, in the order of the options types.</summary>
    public IReadOnlyList<SettingFact> Read()
    {
        lock (_gate)
        {
            var (options, _, sources) = Bind(_record.Values);
            var next = options is null ? null : ValuesOf(options);
            var defaults = Setting.Root(BotOptions.ForProfile("default")).Leaves();
            var profile = ValuesOf(BotOptions.ForProfile(ProfileOf(next ?? _running)));
            return [.. defaults.Select(setting => FactOf(setting, profile[setting.Path], next?[setting.Path], sources))];
        }
    }

    /// <summary>What is wrong with the changes; empty when they may be made. Writes nothing.</summary>
    /// <param name="changes">Values as the file writes them; null takes the page's value back.</param>
    public IReadOnlyList<ConfigurationFault> Validate(IReadOnlyDictionary<string, string?> changes)
    {
        lock (_gate) return FaultsOf(changes, out _);
    }

    /// <param name="expected">The revision on which the changes were made.</param>
    public SettingsOutcome Apply(IReadOnlyDictionary<string, string?> changes, long expected, string user)
    {
        lock (_gate) return Apply(changes, expected, user, undoes: null);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<SettingsRevision> History(int limit)
    {
        lock (_gate) return [.. _record.History.AsEnumerable().Reverse().Take(limit)];
    }

    /// <summary>Takes one revision back, unless a later one changed the same settings again.</summary>
    public SettingsOutcome Undo(long number, long expected, string user)
    {
        lock (_gate)
        {
            if (_record.History.Find(revision => revision.Number == number) is not { } undone)
                return new SettingsOutcome.NotUndone(Known: false, $"There is no revision {number}, or it is older than the last {HistoryMax}");
            foreach (var change in undone.Changes)
            {
                if (_record.Values.GetValueOrDefault(change.Path) == change.To) continue;
                return new SettingsOutcome.NotUndone(
                    Known: true, $"{change.Path} was changed again after revision {number}; undo that first, or set it by hand");
            }

            return Apply(undone.Changes.ToDictionary(change => change.Path, change => change.From), expected, user, number);
        }
    }

    /// <summary>Options for one run, over what the next start takes. Nothing is written.</summary>
    /// <param name="profile">Null: the configured one.</param>
    /// <param name="thresholds">Values by path; only what takes part in decisions.</param>
    /// <param name="faults">Takes everything that is wrong.</param>
    /// <returns>Null when something is.</returns>
    public BotOptions? Trial(string? profile, IReadOnlyDictionary<string, string> thresholds, List<ConfigurationFault> faults)
    {
        const string Source = "this run";
        var allowed = Thresholds();
        foreach (var path in thresholds.Keys.Where(path => path is "profile" || (IsSetting(path) && !allowed.Contains(path))))
            faults.Add(new(path, Source, "takes no part in decisions; a run changes thresholds only, and names its profile by itself"));
        List<SettingEntry> entries;
        lock (_gate) entries = Entries(_record.Values, faults);
        if (profile is not null) entries.Add(new("profile", profile, Source));
        entries.AddRange(thresholds.Select(value => new SettingEntry(value.Key, value.Value, Source)));
        var options = BotConfiguration.Bind(entries, faults);
        return faults.Count == 0 ? options : null;
    }

    /// <summary>Counts a configuration that was tried without being set.</summary>
    public void CountTrial()
    {
        lock (_gate)
        {
            var record = _record with { Trials = _record.Trials + 1 };
            Write(record);
            _record = record;
        }
    }

    private SettingsOutcome Apply(IReadOnlyDictionary<string, string?> changes, long expected, string user, long? undoes)
    {
        if (expected != _record.Revision) return new SettingsOutcome.Outdated(_record.Revision);
        var faults = FaultsOf(changes, out var values);
        if (faults.Count > 0) return new SettingsOutcome.Refused(faults);

        List<SettingsChange> made = [.. changes
            .Select(change => new SettingsChange(change.Key, _record.Values.GetValueOrDefault(change.Key), change.Value))
            .Where(change => change.From != change.To)];
        if (made.Count == 0)
            return new SettingsOutcome.Refused([new("(changes)", "request", "change nothing: every value is set so already")]);
        var thresholds = Thresholds();
        var revision = new SettingsRevision(
            _record.Revision + 1, _time.GetUtcNow().ToUnixTimeMilliseconds(), user, undoes,
            made.Any(change => thresholds.Contains(change.Path)), made);
        var record = new SettingsRecord
        {
            Revision = revision.Number,
            Trials = _record.Trials + (revision.IsTrial ? 1 : 0),
            Values = values,
            History = [.. _record.History.TakeLast(HistoryMax - 1), revision],
        };
        Write(record);
        _record = record;
        return new SettingsOutcome.Done(revision);
    }

    private List<ConfigurationFault> FaultsOf(IReadOnlyDictionary<string, string?> changes, out SortedDictionary<string, string> values)
    {
        values = new(_record.Values, StringComparer.Ordinal);
        var faults = new List<ConfigurationFault>();
        var variables = EnvironmentSettings.Read(_environment).ToDictionary(entry => entry.Path, entry => entry.Source);
        foreach (var (path, value) in changes)
        {
            if (variables.TryGetValue(path, out var variable))
                faults.Add(new(path, variable, "is set by the environment, which wins over the page; change it there"));
            if (value is null) values.Remove(path);
            else values[path] = value;
        }

        faults.AddRange(Bind(values).Faults);
        return faults;
    }

    private (BotOptions? Options, List<ConfigurationFault> Faults, Dictionary<string, (string Kind, string Detail)> Sources) Bind(
        SortedDictionary<string, string> values)
    {
        var faults = new List<ConfigurationFault>();
        var entries = Entries(values, faults);
        var sources = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            sources[entry.Path] = entry.Source == OnPage ? ("page", Path.GetFileName(_path))
                : entry.Source.StartsWith(InEnvironment, StringComparison.Ordinal) ? ("environment", entry.Source[InEnvironment.Length..])
                : ("file", entry.Source);
        }

        var options = BotConfiguration.Bind(entries, faults);
        return (faults.Count == 0 ? options : null, faults, sources);
    }

    // Later ones win.
    private List<SettingEntry> Entries(SortedDictionary<string, string> values, List<ConfigurationFault> faults) =>
    [
        .. BotConfiguration.FromFile(_yaml, faults),
        .. values.Select(value => new SettingEntry(value.Key, value.Value, OnPage)),
        .. EnvironmentSettings.Read(_environment),
    ];

    private SettingFact FactOf(
        Setting setting, string profile, string? next, Dictionary<string, (string Kind, string Detail)> sources)
    {
        var known = sources.TryGetValue(setting.Path, out var source);
        return new()
        {
            Path = setting.Path,
            Description = _docs.Of(setting),
            Unit = SettingUnits.Of(setting),
            Type = TypeOf(setting),
            Range = setting.Range is { } range
                ? (Convert.ToDouble(range.Minimum, System.Globalization.CultureInfo.InvariantCulture),
                    Convert.ToDouble(range.Maximum, System.Globalization.CultureInfo.InvariantCulture))
                : null,
            Choices = setting.Choices ?? [],
            Allowed = SettingValues.Allowed(setting),
            Default = SettingValues.Text(setting.Value!),
            Profile = profile,
            Running = _running.GetValueOrDefault(setting.Path) ?? profile,
            Next = next,
            Source = known ? source.Kind : "default",
            SourceDetail = known ? source.Detail : "",
            IsThreshold = IsThreshold(setting),
        };
    }

    private static string TypeOf(Setting setting) =>
        setting.Choices is not null ? "choice"
        : setting.Type == typeof(bool) ? "boolean"
        : setting.Type == typeof(string) ? "text"
        : SettingValues.IsWhole(setting.Type) ? "integer" : "number";

    // All of the kernel decides; the rest is how the market is reached and shown.
    private static bool IsThreshold(Setting setting) => setting.Chain[0].Name == nameof(BotOptions.Kernel);

    private static HashSet<string> Thresholds() =>
        [.. Setting.Root(BotOptions.ForProfile("default")).Leaves().Where(IsThreshold).Select(setting => setting.Path)];

    private static bool IsSetting(string path) =>
        Setting.Root(BotOptions.ForProfile("default")).Leaves().Any(setting => setting.Path == path);

    private static string ProfileOf(Dictionary<string, string> values) => values.GetValueOrDefault("profile") is "seed" ? "seed" : "default";

    private static Dictionary<string, string> ValuesOf(BotOptions options) =>
        Setting.Root(options).Leaves().ToDictionary(leaf => leaf.Path, leaf => SettingValues.Text(leaf.Value!), StringComparer.Ordinal);

    private void Write(SettingsRecord record)
    {
        // Beside it and then over it: a crash leaves the old file or the new one, never half of one.
        var beside = _path + ".new";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, record, Readable);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
    }

    private static SettingsRecord Load(string path)
    {
        if (!File.Exists(path)) return new();
        try
        {
            if (new FileInfo(path).Length > LongestFile) throw Unreadable("it is longer than any we write");
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<SettingsRecord>(stream) ?? throw Unreadable("it is empty");
        }
        catch (JsonException e)
        {
            throw Unreadable(e.Message);
        }

        ConfigurationException Unreadable(string why) => new(
            [new("(file)", path, $"cannot be read: {why}; remove it to go on without the settings made on the page")]);
    }
}
