using System.Text.RegularExpressions;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Commands;

/// <summary>
/// Refused rows, kept within bounds: the first of each file, and how many there are of each kind.
/// </summary>
internal sealed partial class RefusedRows
{
    /// <summary>Rows of one file that are kept.</summary>
    public const int ShownPerFile = 20;

    // Reasons are made from few sentences; a file cannot invent more kinds than this.
    private const int KindsMax = 200;
    private const string OtherKinds = "other reasons";

    private readonly SortedDictionary<string, List<KlineRowError>> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<(string File, string Kind), RefusedKind> _kinds = [];

    public long Count { get; private set; }

    /// <summary>The first rows of each file, by path.</summary>
    public IReadOnlyDictionary<string, List<KlineRowError>> FirstByFile => _first;

    /// <summary>Kinds by file, the most frequent first.</summary>
    public IEnumerable<RefusedKind> Kinds => _kinds.Values
        .OrderBy(kind => kind.First.File, StringComparer.Ordinal)
        .ThenByDescending(kind => kind.Count)
        .ThenBy(kind => kind.First.Line);

    public void Add(KlineRowError error)
    {
        Count++;
        if (!_first.TryGetValue(error.File, out var rows)) _first[error.File] = rows = [];
        if (rows.Count < ShownPerFile) rows.Add(error);

        var key = (error.File, KindOf(error.Reason));
        if (!_kinds.ContainsKey(key) && _kinds.Count >= KindsMax) key.Item2 = OtherKinds;
        if (!_kinds.TryGetValue(key, out var kind)) _kinds[key] = kind = new(key.Item2, error);
        kind.Count++;
    }

    public long CountOf(string file) =>
        _kinds.Where(entry => entry.Key.File == file).Sum(entry => entry.Value.Count);

    /// <summary>The reason without what differs from row to row.</summary>
    private static string KindOf(string reason) => Number().Replace(Quoted().Replace(reason, "'…'"), "…");

    [GeneratedRegex("'[^']*'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"(?<![\w.])-?\d+(\.\d+)?([eE][-+]?\d+)?(?![\w])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
